// The large picture: photo, levels as they arrive, result, and the slider that compares before and after.
import { find, make, refill, show } from './dom.js';
import { isMasking } from './masktools.js';
import { state } from './store.js';

let levels = [];

/** Connects the slider that compares. */
export function prepareStage() {
  const split = find('split');
  split.addEventListener('input', () => setSplit(Number(split.value)));
  setSplit(50);
  // Where the browser can't show the photo, the painted picture says what its proportions are.
  find('after').addEventListener('load', () => { if (state.photo?.width === 0) showStage(); });
  find('before').addEventListener('error', () => { if (state.photo) showStage(); });
}

/** Shows the photo, or the invitation to choose one. */
export function showStage() {
  const { photo } = state, after = find('after');
  show(find('empty'), !photo);
  show(find('view'), photo !== null);
  if (!photo)
    return;
  const before = find('before');
  if (before.getAttribute('src') !== photo.url)
    before.src = photo.url;
  before.alt = `The photo ${photo.name}`;
  show(before, photo.width > 0);
  const width = photo.width || after.naturalWidth || 3, height = photo.height || after.naturalHeight || 2;
  find('view').style.setProperty('--ratio', String(width / height));
  const isPainted = after.getAttribute('src') !== null && !isMasking();
  show(find('unseen-photo'), photo.width === 0 && !isPainted);
  show(after, isPainted);
  show(find('compare'), isPainted && photo.width > 0);
  show(find('mask-layer'), isMasking());
}

/** Forgets the painted picture, before the first level of another photo arrives. */
export function clearPainted() {
  forgetLevels();
  find('after').removeAttribute('src');
  showStage();
}

/** Begins a run: its levels will come. */
export function forgetLevels() {
  for (const level of levels.filter(each => !each.isResult))
    URL.revokeObjectURL(level.url);
  levels = [];
  showStrip(null);
}

/** Shows the picture of a level. */
export function showLevel(name, blob) {
  levels.push({ name, url: URL.createObjectURL(blob) });
  showPainted(levels.at(-1));
}

/** Shows the result. */
export function showResult(result) {
  levels.push({ name: 'Result', url: result.url, isResult: true });
  showPainted(levels.at(-1));
}

function showPainted(picture) {
  const after = find('after');
  after.src = picture.url;
  after.alt = picture.name === 'Result' ? 'The painted photo' : `The photo after ${picture.name.toLowerCase()}`;
  showStage();
  showStrip(picture);
}

function showStrip(shown) {
  const strip = find('levels-strip');
  show(strip, levels.length > 1);
  refill(strip, ...levels.map((level, i) => make('li', {}, make('button', {
    type: 'button', 'data-key': `level-${i}`, 'aria-pressed': String(level === shown), onclick: () => focusAfter(level),
  }, make('img', { src: level.url, alt: '', width: 64, height: 48 }), level.name))));
  strip.scrollLeft = strip.scrollWidth;
}

function focusAfter(level) {
  showPainted(level);
  find('levels-strip').children[levels.indexOf(level)].firstChild.focus();
}

function setSplit(percent) {
  find('view').style.setProperty('--split', `${percent}%`);
  find('split').setAttribute('aria-valuetext', `${percent} % photo, ${100 - percent} % painted`);
}
