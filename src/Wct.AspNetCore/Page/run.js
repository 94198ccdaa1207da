// Runs: sends the pictures, follows the events, cancels.
import { announce, find, focusPaint, make, show } from './dom.js';
import { blobOf, Problem, stylize } from './client.js';
import { closeMask, isMasking } from './masktools.js';
import { namesOf, resultStem } from './names.js';
import { toRecipe } from './recipe.js';
import { clearPainted, forgetLevels, showLevel, showResult } from './stage.js';
import { changed, onChange, state } from './store.js';

const pause = 350;
let address = '', running = null, waiting = 0, ranOnce = false, begun = false, isOwed = false;

/** Connects the buttons. */
export function prepareRuns(stylizeAddress) {
  address = stylizeAddress;
  find('paint').addEventListener('click', paint);
  find('cancel').addEventListener('click', cancel);
  onChange(part => {
    showButtons();
    if (part === 'photo') {
      ranOnce = begun = false;
      stop();
      forgetResult();
      clearPainted();
    }

    if (['settings', 'styles', 'weights'].includes(part))
      repaint();
    else if (part === 'mask' && isOwed && !isMasking())
      repaint();
  });
}

// Paints soon, unless nobody asked for a picture yet. While a mask is painted, the run waits until its tools close.
function repaint() {
  if (!isReady()) {
    if (running)
      cancel();
    return;
  }

  isOwed = isMasking();
  clearTimeout(waiting);
  if (!isOwed && (ranOnce || running) && find('auto').checked)
    waiting = setTimeout(() => isMasking() ? isOwed = true : paint(), pause);
}

// Ends what runs and what waits.
function stop() {
  clearTimeout(waiting);
  isOwed = false;
  running?.abort();
  running = null;
  showButtons();
}

const isReady = () => state.photo !== null && state.styles.length > 0;

/** Throws a Problem if the server would refuse the pictures, masks included, after they were sent. */
function checkLimits(form) {
  const { limits } = state.server, pictures = [state.photo, ...state.styles.map(style => style.picture)].filter(picture => picture.blob);
  const bytes = [...form.values()].reduce((sum, value) => sum + (value instanceof Blob ? value.size : 0), 0);
  if (limits.bytes && bytes > limits.bytes)
    throw new Problem(`The pictures have ${megabytes(bytes)} MB together; the server takes ${megabytes(limits.bytes)} MB.`);
  const large = pictures.find(picture => limits.pixels && picture.width * picture.height > limits.pixels);
  if (large)
    throw new Problem(`${large.name} has ${large.width} × ${large.height} pixels; the server takes ${limits.pixels} pixels.`);
}

const megabytes = bytes => (bytes / 1e6).toFixed(1);

/** The body of a request: the pictures under their names, and the recipe that has everything else. */
async function formOf() {
  const names = namesOf(state), form = new FormData(), recipe = JSON.stringify(toRecipe(state, names));
  form.append('content', state.photo.blob, names.photo);
  for (const [i, style] of state.styles.entries()) {
    if (style.picture.blob)
      form.append('style', style.picture.blob, names.styles[i]);
    if (style.mask)
      form.append('mask', await style.mask.toBlob(state.size), names.masks[i]);
  }

  form.append('recipe', recipe);
  return form;
}

/** Paints with the present settings. A run that is under way ends first. */
export async function paint() {
  if (!isReady())
    return;
  running?.abort();
  closeMask({ keepsFocus: true });
  // Closing the mask is a change that would begin a second run.
  clearTimeout(waiting);
  isOwed = false;
  takeBack();
  const run = running = new AbortController();
  showProblem(null);
  showButtons();
  setProgress(null);
  announce('Sending the pictures …');
  try {
    const stem = resultStem(state), form = await formOf();
    if (running !== run)
      return;
    checkLimits(form);
    form.append('format', 'png');
    form.append('previews', 'true');
    const data = await stylize(address, form, run.signal, (type, value) => {
      if (running !== run)
        return;
      if (type === 'level' && !begun) {
        begun = true;
        forgetLevels();
      }

      follow(type, value);
    });
    if (running === run)
      finish(data, stem, form);
  } catch (error) {
    if (running === run)
      failed(error);
  } finally {
    if (running === run) {
      running = null;
      showButtons();
    }
  }
}

function finish(data, stem, form) {
  if (!begun)
    forgetLevels();
  begun = false;
  forgetResult();
  const blob = blobOf(data.data, data.type);
  const { type, width, height, recipe, seconds } = data;
  state.result = { blob, url: URL.createObjectURL(blob), type, width, height, recipe, seconds, stem, form };
  ranOnce = true;
  showResult(state.result);
  announce(`Done: ${width} × ${height} pixels in ${seconds.toFixed(1)} s.`);
  changed('result');
}

function forgetResult() {
  if (state.result)
    URL.revokeObjectURL(state.result.url);
  state.result = null;
}

// The result of the run before is there again, if there was one.
function takeBack() {
  if (!begun)
    return;
  begun = false;
  forgetLevels();
  if (state.result)
    showResult(state.result);
  else
    clearPainted();
}

function failed(error) {
  takeBack();
  announce('That did not work.');
  showProblem(error);
}

/** Ends the run that is under way. */
export function cancel() {
  stop();
  takeBack();
  announce('Canceled.');
}

function follow(type, value) {
  if (type === 'queued') {
    announce(value.position > 0 ? `Waiting: ${value.position} before you.` : 'Painting …');
  } else if (type === 'progress') {
    setProgress(value.fraction);
  } else if (type === 'level') {
    const name = value.pass > 1 ? `Level ${value.level}, pass ${value.pass}` : `Level ${value.level}`;
    showLevel(name, blobOf(value.data, value.type));
    announce(`${name} is there.`);
  }
}

function setProgress(fraction) {
  const progress = find('progress');
  if (fraction === null)
    progress.removeAttribute('value');
  else
    progress.value = fraction;
}

function showButtons() {
  const isFocusLost = running === null && document.activeElement === find('cancel');
  show(find('cancel'), running !== null);
  show(find('progress'), running !== null);
  find('paint').disabled = !isReady();
  if (isFocusLost)
    focusPaint();
  find('paint').textContent = ranOnce ? 'Paint again' : 'Paint';
  find('stage').setAttribute('aria-busy', String(running !== null));
}

/** Shows an error, with a button for another try; null hides it. */
export function showProblem(error) {
  const box = find('problem');
  show(box, error !== null);
  if (!error)
    return;
  const text = error instanceof Problem && error.retryAfter > 0 ? `${error.message} Try again in ${error.retryAfter} s.` : error.message;
  box.replaceChildren(make('strong', {}, 'Error: '), make('span', {}, text), ' ',
    make('button', { type: 'button', class: 'plain', onclick: () => { showProblem(null); focusPaint(); } }, 'Dismiss'));
}
