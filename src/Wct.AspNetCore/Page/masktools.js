// Paints masks over the photo, with a pointer or with keys.
import { announce, find, focusPaint, make, readable, show } from './dom.js';
import { Mask } from './mask.js';
import { place } from './look.js';
import { changed, state } from './store.js';

const brush = { size: 0, soft: 0.3, erase: false };
const cursor = { x: 0, y: 0 };
let style = null, opener = null, pointer = null, changedSinceOpening = false;

/** Whether a mask is being painted. */
export const isMasking = () => style !== null;

/** Opens the tools for a painting's mask. */
export function openMask(painting) {
  closeMask({ keepsFocus: true });
  style = painting;
  opener = style.id;
  changedSinceOpening = !style.mask;
  style.mask ??= new Mask(state.photo.width, state.photo.height);
  brush.size ||= Math.round(Math.min(state.photo.width, state.photo.height) / 8);
  brush.size = Math.min(brush.size, largest());
  Object.assign(cursor, { x: state.photo.width / 2, y: state.photo.height / 2 });
  buildTools();
  changed('mask');
  draw();
  const canvas = find('mask-canvas');
  canvas.setAttribute('aria-label', `Mask of ${style.picture.name}. The arrow keys move the brush, Space paints, Shift with an arrow key `
    + 'paints a line, E erases, Z undoes, plus and minus change the size, Escape is done.');
  find('stage').scrollIntoView({ block: 'nearest' });
  canvas.focus({ preventScroll: true });
  announce(`Paint where ${style.picture.name} goes. The picture is bright there.`);
}

/** Closes the tools. A mask without a stroke is no mask. */
export function closeMask({ keepsFocus = false } = {}) {
  if (!style)
    return;
  const closing = style, isFocused = find('mask-tools').contains(document.activeElement) || document.activeElement === find('mask-canvas');
  if (closing.mask?.isEmpty)
    closing.mask = null;
  style = pointer = null;
  show(find('mask-tools'), false);
  changed('mask');
  if (changedSinceOpening)
    changed('styles');
  announce(closing.mask ? `The mask of ${closing.picture.name} covers ${percent(closing.mask)} of the photo.` : 'There is no mask.');
  if (keepsFocus) {
    if (isFocused)
      focusPaint();
    return;
  }

  const index = state.styles.findIndex(other => other.id === opener);
  find('styles').children[index]?.querySelector('button')?.focus();
}

/** Connects the canvas with pointer and keys, once. */
export function prepareMasks() {
  const canvas = find('mask-canvas');
  canvas.addEventListener('pointerdown', event => {
    event.preventDefault();
    // A second finger, or another button, neither paints nor ends the stroke.
    if (!style?.mask || pointer !== null || !event.isPrimary || event.button !== 0)
      return;
    canvas.focus({ preventScroll: true });
    canvas.setPointerCapture(event.pointerId);
    pointer = event.pointerId;
    moveTo(event);
    style.mask.begin(cursor.x, cursor.y, brush);
    draw();
  });
  canvas.addEventListener('pointermove', event => {
    if (!style?.mask || (pointer !== null && event.pointerId !== pointer))
      return;
    for (const part of pointer !== null ? event.getCoalescedEvents?.() ?? [event] : [event]) {
      moveTo(part);
      if (pointer !== null)
        style.mask.extend(cursor.x, cursor.y);
    }

    draw();
  });
  for (const end of ['pointerup', 'pointercancel'])
    canvas.addEventListener(end, event => {
      if (event.pointerId !== pointer)
        return;
      pointer = null;
      painted();
    });
  canvas.addEventListener('keydown', keyDown);
  new ResizeObserver(() => { if (style) draw(); }).observe(canvas);
}

function keyDown(event) {
  if (!style?.mask || pointer !== null)
    return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const step = Math.max(1, brush.size / 4);
  const [dx, dy] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[key] ?? [0, 0];
  if (event.ctrlKey || event.metaKey ? key !== 'z' : event.altKey)
    return;
  if (dx || dy) {
    if (event.shiftKey)
      style.mask.begin(cursor.x, cursor.y, brush);
    cursor.x = Math.min(state.photo.width, Math.max(0, cursor.x + dx));
    cursor.y = Math.min(state.photo.height, Math.max(0, cursor.y + dy));
    if (event.shiftKey) {
      style.mask.extend(cursor.x, cursor.y);
      painted();
    } else {
      announce(`Brush at ${Math.round(100 * cursor.x / state.photo.width)} % across, ${Math.round(100 * cursor.y / state.photo.height)} % down.`);
    }
  } else if (key === ' ') {
    style.mask.begin(cursor.x, cursor.y, brush);
    painted();
  } else if (key === 'e') {
    find('mask-erase').click();
  } else if (key === 'z') {
    undo();
  } else if ('[]+-'.includes(key)) {
    const size = find('mask-size');
    size.value = Math.round(brush.size * ('[-'.includes(key) ? 0.8 : 1.25));
    size.dispatchEvent(new Event('input'));
    announce(`Brush size ${brush.size}.`);
  } else if (key === 'Escape') {
    closeMask();
  } else {
    return;
  }

  event.preventDefault();
  draw();
}

function painted() {
  changedSinceOpening = true;
  announce(`The mask covers ${percent(style.mask)} of the photo.`);
}

function undo() {
  if (!style?.mask || pointer !== null)
    return;
  style.mask.undo();
  painted();
  draw();
}

const percent = mask => `${readable(100 * mask.coverage(), 0)} %`;

const largest = () => Math.max(2, Math.round(Math.max(state.photo.width, state.photo.height) / 2));

function moveTo(event) {
  const box = find('mask-canvas').getBoundingClientRect();
  cursor.x = (event.clientX - box.left) / box.width * state.photo.width;
  cursor.y = (event.clientY - box.top) / box.height * state.photo.height;
}

// The canvas darkens the photo where the mask is black (see "multiply" in stage.css).
function draw() {
  if (!style?.mask)
    return;
  const canvas = find('mask-canvas'), source = style.mask.canvas;
  if (canvas.width !== source.width || canvas.height !== source.height)
    [canvas.width, canvas.height] = [source.width, source.height];
  canvas.getContext('2d').drawImage(source, 0, 0);
  const ring = find('brush'), zoom = canvas.clientWidth / state.photo.width;
  ring.style.setProperty('--x', `${cursor.x * zoom}px`);
  ring.style.setProperty('--y', `${cursor.y * zoom}px`);
  ring.style.setProperty('--size', `${brush.size * zoom}px`);
}

function buildTools() {
  const range = (id, label, min, max, step, value, take, unit = '') => {
    const input = make('input', { type: 'range', id, min, max, step, value });
    const output = make('span', { class: 'value', 'aria-hidden': 'true' });
    const tell = () => {
      output.textContent = readable(input.value) + unit;
      if (unit)
        input.setAttribute('aria-valuetext', output.textContent);
    };
    tell();
    input.addEventListener('input', () => { tell(); take(Number(input.value)); draw(); });
    return make('div', { class: 'field' }, make('div', { class: 'field-head' }, make('label', { for: id }, label), output), input);
  };
  const erase = make('button', { type: 'button', id: 'mask-erase', 'aria-pressed': String(brush.erase) }, 'Erase');
  erase.addEventListener('click', () => {
    brush.erase = !brush.erase;
    erase.setAttribute('aria-pressed', String(brush.erase));
    announce(brush.erase ? 'The brush erases.' : 'The brush paints.');
  });
  const button = (text, onclick) => make('button', { type: 'button', onclick }, text);
  const fill = value => () => {
    if (!style?.mask || pointer !== null)
      return;
    style.mask.fill(value);
    painted();
    draw();
  };
  const feather = make('div', {});
  place('mask', feather);
  find('mask-tools').replaceChildren(
    make('h2', { id: 'mask-title' }, `Mask of ${style.picture.name}`),
    make('p', { class: 'hint' }, 'The painting goes where the picture is bright. Keys: arrows, Space, E, Z, + and -.'),
    make('div', { class: 'tool-grid' },
      range('mask-size', 'Brush size', 1, largest(), 1, brush.size, value => { brush.size = value; }, ' px'),
      range('mask-soft', 'Soft brush', 0, 1, 0.05, brush.soft, value => { brush.soft = value; }), feather),
    make('div', { class: 'row' }, erase, button('Undo', undo), button('Clear', fill(0)), button('Fill', fill(1)),
      make('button', { type: 'button', class: 'primary', onclick: () => closeMask() }, 'Done')));
  show(find('mask-tools'), true);
}
