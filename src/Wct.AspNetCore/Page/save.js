// Downloads: the result in a format, the recipe, the masks.
import { announce, find, make, show, words } from './dom.js';
import { stylizeFile } from './client.js';
import { extensions } from './command.js';
import { showProblem } from './run.js';
import { changed, state } from './store.js';

const names = { png: 'PNG', jpeg: 'JPEG', webp: 'WebP', avif: 'AVIF', tiff: 'TIFF', jxl: 'JPEG XL' };

/** Offers a file to the browser for download. */
export function download(blob, name) {
  const url = URL.createObjectURL(blob), link = make('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has begun to read the file by then.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Builds the tools below the picture. */
export function buildDownload(address) {
  const select = make('select', { id: 'format' }, ...state.server.formats.map(format =>
    make('option', { value: format, selected: format === state.format }, names[format] ?? words(format))));
  const quality = make('input', { type: 'number', id: 'quality', min: 1, max: 100, value: state.quality, inputmode: 'numeric' });
  const part = make('span', { class: 'row' }, make('label', { for: 'quality' }, 'Quality'), quality);
  const button = make('button', { type: 'button', id: 'download', class: 'primary' }, 'Download');
  const showQuality = () => show(part, hasQuality(state.format));
  select.addEventListener('change', () => {
    state.format = select.value;
    showQuality();
    changed('format');
  });
  quality.addEventListener('change', () => {
    quality.value = state.quality = Math.min(100, Math.max(1, Math.round(Number(quality.value)) || 90));
    changed('format');
  });
  button.addEventListener('click', () => save(address, button));
  showQuality();
  find('download-box').replaceChildren(make('label', { for: 'format' }, 'Format'), select, part, button);
}

async function save(address, button) {
  const name = `${state.result.stem}.${extensions[state.format] ?? state.format}`;
  button.disabled = true;
  showProblem(null);
  try {
    download(await encoded(address), name);
    announce(`${name} is downloaded.`);
  } catch (error) {
    showProblem(error);
  } finally {
    button.disabled = false;
    // A button that is disabled loses the focus; what got it meanwhile keeps it.
    if (document.activeElement === document.body)
      button.focus();
  }
}

// The result is there as PNG. The browser writes JPEG and WebP if it can; for what it can't write, the server paints once more.
async function encoded(address) {
  const { result, format, quality } = state;
  if (format === 'png')
    return result.blob;
  const type = `image/${format}`;
  const blob = browserFormats.includes(format) ? await draw(result, type, quality / 100) : null;
  if (blob?.type === type)
    return blob;
  announce(`The server writes the ${names[format] ?? format} file …`);
  return stylizeFile(address, again(result.form, format, quality));
}

// The request that made the result, for another format.
function again(form, format, quality) {
  const copy = new FormData();
  for (const [name, value] of form)
    if (name !== 'format' && name !== 'previews')
      copy.append(name, value);
  copy.append('format', format);
  if (state.server.formatsWithQuality.includes(format))
    copy.append('quality', String(quality));
  return copy;
}

// The browser writes some formats with a quality, and the server others.
const browserFormats = ['jpeg', 'webp'];
const hasQuality = format => browserFormats.includes(format) || state.server.formatsWithQuality.includes(format);

async function draw(result, type, quality) {
  const image = new Image();
  image.src = result.url;
  await image.decode();
  const canvas = make('canvas', { width: result.width, height: result.height }), context = canvas.getContext('2d');
  if (type === 'image/jpeg') {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
  }

  context.drawImage(image, 0, 0);
  return new Promise(resolve => canvas.toBlob(resolve, type, quality));
}
