// Where pictures come from: files, drops, the clipboard, samples, and styles that the server has.
import { announce, find, make } from './dom.js';
import { closeMask } from './masktools.js';
import { changed, setSize, state } from './store.js';

let nextStyle = 1, photoNumber = 0, taking = Promise.resolve();

/** Takes pictures from the buttons, from drops anywhere on the page, and from the clipboard. */
export function takePictures() {
  for (const button of document.querySelectorAll('[data-choose]'))
    button.addEventListener('click', () => find(`file-${button.dataset.choose}`).click());
  find('file-photo').addEventListener('change', event => takeFiles(event.target, files => setPhoto(files[0])));
  find('file-styles').addEventListener('change', event => takeFiles(event.target, files => addStyles(files)));
  document.addEventListener('dragover', event => {
    event.preventDefault();
    document.body.classList.add('dragging');
  });
  document.addEventListener('dragleave', event => {
    if (!event.relatedTarget)
      document.body.classList.remove('dragging');
  });
  document.addEventListener('drop', event => {
    event.preventDefault();
    document.body.classList.remove('dragging');
    take([...event.dataTransfer.files], event.target.closest?.('#styles-box') !== null);
  });
  document.addEventListener('paste', event => {
    const files = [...event.clipboardData?.files ?? []];
    if (files.length === 0)
      return;
    event.preventDefault();
    take(files, document.activeElement?.closest('#styles-box') !== null, { isLoose: true });
  });
}

// One drop waits for the other, because the first decides whether there is a photo.
function take(files, areStyles, origin) {
  taking = taking.then(() => divide(files, areStyles, origin));
}

// The first picture is the photo, as long as there is none; all others are paintings.
async function divide(files, areStyles, origin) {
  const [first, ...others] = files;
  if (!first)
    return;
  if (areStyles || state.photo) {
    await addStyles(files, origin);
  } else {
    await setPhoto(first, origin);
    await addStyles(others, origin);
  }
}

function takeFiles(input, use) {
  const files = [...input.files];
  // The same file can be chosen again.
  input.value = '';
  if (files.length > 0)
    use(files);
}

/**
 * Makes a file the photo. Masks of the photo before have another size and go away.
 * @param {File} file The photo.
 * @param {{isLoose: boolean}} origin Loose is a picture that is in no folder of the reader's: a sample, or one that was pasted.
 */
export async function setPhoto(file, origin) {
  const number = ++photoNumber, picture = await pictureOf(file, origin);
  // Another photo was chosen while the browser decoded this one.
  if (number !== photoNumber) {
    URL.revokeObjectURL(picture.url);
    return;
  }

  const isFocusLost = find('empty').contains(document.activeElement);
  if (state.photo)
    URL.revokeObjectURL(state.photo.url);
  closeMask({ keepsFocus: true });
  state.photo = picture;
  for (const style of state.styles)
    style.mask = null;
  if (state.isSizeAutomatic)
    setSize(null);
  const why = picture.width > 0 ? 'It is large' : 'Its size isn’t known here';
  const isSmaller = state.isSizeAutomatic && state.size > 0;
  const note = ` ${why}, so it is painted at ${state.size} pixels; “Size of the result” changes that.`;
  announce(`${picture.name} is the photo.${isSmaller ? note : ''}`);
  changed('photo');
  if (isFocusLost)
    find('photo-card').querySelector('button').focus({ preventScroll: true });
}

/** Adds paintings. */
export async function addStyles(files, origin) {
  for (const file of files)
    addStyle(await pictureOf(file, origin));
}

function addStyle(picture) {
  const most = state.server.limits.styles ?? 100;
  if (state.styles.length >= most) {
    if (picture.blob)
      URL.revokeObjectURL(picture.url);
    announce(`There are ${most} paintings, and no more can be mixed.`);
    return;
  }

  state.styles.push({ id: nextStyle++, picture, weight: 1, mask: null });
  announce(`${picture.name} is painting ${state.styles.length}.`);
  changed('styles');
}

/** Removes a painting. */
export function removeStyle(style) {
  closeMask({ keepsFocus: true });
  state.styles = state.styles.filter(other => other !== style);
  if (style.picture.blob)
    URL.revokeObjectURL(style.picture.url);
  announce(`${style.picture.name} is removed.`);
  changed('styles');
}

/** Fills the rows of samples. */
export function showSamples(page, stylize) {
  const photos = [['landscape.jpg', 'A mountain lake'], ['stilllife.jpg', 'Fruit on a table']];
  const paintings = [['brush.jpg', 'Brush strokes'], ['woodcut.jpg', 'Woodcut'], ['mosaic.jpg', 'Mosaic']];
  find('photo-samples').replaceChildren(...photos.map(sample => button(page, sample, setPhoto)));
  find('style-samples').replaceChildren(...paintings.map(sample => button(page, sample, (file, origin) => addStyles([file], origin))),
    ...state.server.styles.map(name => configured(stylize, name)));
}

function button(page, [name, title], use) {
  return thumbnail(`${page}/samples/thumbnails/${name}`, title, async () => {
    try {
      const response = await fetch(`${page}/samples/${name}`);
      if (!response.ok)
        throw new Error(`The server answered with status ${response.status}.`);
      await use(new File([await response.blob()], name, { type: 'image/jpeg' }), { isLoose: true });
    } catch {
      announce('The sample could not be loaded. Is the server still running?');
    }
  });
}

function configured(stylize, name) {
  const url = `${stylize}/styles/${encodeURIComponent(name)}/thumbnail`;
  return thumbnail(url, name, () => addStyle({ name, blob: null, url, width: 0, height: 0, configured: true }));
}

function thumbnail(url, title, onclick) {
  const image = make('img', { src: url, alt: '', width: 72, height: 54, loading: 'lazy' });
  // A style that was prepared before has no picture: its name is enough.
  image.addEventListener('error', () => image.remove());
  return make('button', { type: 'button', class: 'sample', onclick }, image, make('span', {}, title));
}

// The browser reads the size, and turns the picture as its camera says, as the server does.
async function pictureOf(file, { isLoose = false } = {}) {
  const url = URL.createObjectURL(file), image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    // Not every format that the server reads is one that the browser shows.
  }

  return { name: file.name || 'pasted.png', blob: file, url, width: image.naturalWidth, height: image.naturalHeight, isLoose };
}
