// The cards of the photo and of the paintings.
import { find, make, readable, refill, show } from './dom.js';
import { removeStyle } from './pictures.js';
import { place } from './look.js';
import { closeMask, openMask } from './masktools.js';
import { changed, setSize, state } from './store.js';

/** Shows the photo's card: name, size, and the size of the result. */
export function showPhotoCard() {
  const { photo } = state;
  const choose = make('button', { type: 'button', 'data-key': 'choose', onclick: () => find('file-photo').click() }, photo ? 'Change' : 'Choose a photo');
  if (!photo) {
    refill(find('photo-card'), make('div', { class: 'row' }, choose, make('span', { class: 'quiet' }, 'or drop or paste one')));
    return;
  }

  const size = photo.width > 0 ? `${photo.width} × ${photo.height}` : 'shown by no browser; painted all the same';
  refill(find('photo-card'),
    make('div', { class: 'card' }, thumbnail(photo), make('div', { class: 'card-text' },
      make('strong', {}, photo.name), make('span', { class: 'quiet' }, size)), choose),
    sizeControl());
}

function sizeControl() {
  const sizes = [...new Set([256, 512, 768, 1024, 1536, 2048, state.size])].filter(size => size > 0).sort((a, b) => a - b);
  const select = make('select', { id: 'size' }, make('option', { value: 0 }, 'as the photo'),
    ...sizes.map(size => make('option', { value: size, selected: size === state.size }, `shorter side ${size} pixels`)));
  select.addEventListener('change', () => {
    setSize(Number(select.value));
    changed('settings');
  });
  return make('div', { class: 'field' }, make('div', { class: 'field-head' }, make('label', { for: 'size' }, 'Size of the result')), select);
}

/** Shows the paintings' cards, with weights if there are several. */
export function showStyleCards() {
  refill(find('styles'), ...state.styles.map((style, i) => styleCard(style, i)));
  const mixing = find('mixing');
  show(mixing, state.styles.length > 1);
  place('mixing', mixing);
}

function styleCard(style, i) {
  const name = style.picture.name;
  const masked = style.mask ? 'Edit the mask' : 'Paint a mask';
  const buttons = make('div', { class: 'card-buttons' },
    make('button', {
      type: 'button', class: 'plain', 'data-key': `mask-${style.id}`, disabled: !(state.photo?.width > 0),
      'aria-label': `${masked} for ${name}`, onclick: () => openMask(style),
    }, masked),
    style.mask ? make('button', {
      type: 'button', class: 'plain', 'aria-label': `Remove the mask of ${name}`, onclick: () => unmasked(style, i),
    }, 'No mask') : null,
    make('button', { type: 'button', class: 'plain', 'data-key': `remove-${style.id}`, 'aria-label': `Remove ${name}`, onclick: () => removed(style, i) }, 'Remove'));
  return make('li', {}, make('div', { class: 'card' }, thumbnail(style.picture),
    make('div', { class: 'card-text' }, make('strong', {}, name), buttons)), state.styles.length > 1 ? weight(style) : null);
}

// The button goes away with the mask, so the focus goes to the one beside it.
function unmasked(style, i) {
  closeMask({ keepsFocus: true });
  style.mask = null;
  changed('styles');
  find('styles').children[i].querySelector('button').focus();
}

// The focus goes to the card that takes the place, so that it is nowhere lost.
function removed(style, i) {
  removeStyle(style);
  const buttons = find('styles').children[Math.min(i, state.styles.length - 1)]?.querySelectorAll('button');
  (buttons ? buttons[buttons.length - 1] : find('styles-box').querySelector('[data-choose]')).focus();
}

function weight(style) {
  const id = `weight-${style.id}`, output = make('span', { class: 'value', 'aria-hidden': 'true' }, readable(style.weight));
  const input = make('input', { type: 'range', id, min: 0, max: 2, step: 0.05, value: Math.min(2, style.weight) });
  input.addEventListener('input', () => { output.textContent = readable(input.value); });
  input.addEventListener('change', () => {
    style.weight = Number(input.value);
    changed('weights');
  });
  return make('div', { class: 'field weight' },
    make('div', { class: 'field-head' }, make('label', { for: id }, 'Weight', make('span', { class: 'unseen' }, ` of ${style.picture.name}`)), output), input);
}

function thumbnail(picture) {
  const image = make('img', { src: picture.url, alt: '', class: 'thumbnail', width: 56, height: 56 });
  image.addEventListener('error', () => image.replaceWith(make('span', { class: 'thumbnail none', 'aria-hidden': 'true' })));
  return image;
}
