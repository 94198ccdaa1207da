// Builds the settings from the server's options.
import { control } from './controls.js';
import { find, make, refill, show } from './dom.js';
import { changed, freshLevels, state } from './store.js';
import { defaultOf } from './options.js';

/** Builds all controls anew: after the options came, after a reset, and after a recipe was loaded. */
export function buildSettings() {
  place('look', find('look-controls'));
  place('more', find('more-controls'));
  place('photo', find('photo-mode'));
  show(find('photo-mode-box'), state.server.has('photo'));
  show(find('more-box'), find('more-controls').childElementCount > 0);
  buildLevels();
}

/** Puts the controls of a place into an element. */
export function place(name, element) {
  element.replaceChildren(...state.server.options.filter(option => option.place === name).map(settingControl));
}

/** A control of an option that writes into the settings. */
export const settingControl = option => control(option, () => state.settings[option.name], value => {
  const { [option.name]: _, ...others } = state.settings;
  const isDefault = value === null || JSON.stringify(value) === JSON.stringify(defaultOf(option));
  state.settings = isDefault ? others : { ...others, [option.name]: value };
  changed('settings');
  if (option.perLevel)
    buildLevels();
});

function buildLevels() {
  const { server } = state;
  const strength = server.options.find(option => option.name === 'strength' && option.perLevel);
  const transform = server.options.find(option => option.name === 'transform' && option.perLevel);
  show(find('levels-box'), server.levels.length > 0);
  const head = make('tr', {}, make('th', { scope: 'col' }, 'Level'), make('th', { scope: 'col' }, 'Runs'),
    strength ? make('th', { scope: 'col' }, 'Strength') : null, transform ? make('th', { scope: 'col' }, 'Method') : null);
  refill(find('levels-table'),
    make('p', { class: 'hint' }, `Level ${Math.max(...server.levels)} changes the largest structures, level ${Math.min(...server.levels)} the colors.`),
    make('table', {}, make('caption', { class: 'unseen' }, 'Settings of each level'), make('thead', {}, head),
      make('tbody', {}, ...state.levels.map((row, i) => levelRow(row, i, strength, transform)))),
    make('button', { type: 'button', class: 'plain', 'data-key': 'alike', onclick: () => { state.levels = freshLevels(); changed('settings'); buildLevels(); } },
      'All levels alike'));
}

function levelRow(row, i, strength, transform) {
  const cells = [make('th', { scope: 'row' }, String(row.level))];
  const runs = make('input', { type: 'checkbox', checked: row.on, 'data-key': `runs-${i}`, 'aria-label': `Level ${row.level} runs` });
  const inputs = [];
  runs.addEventListener('change', () => {
    if (!runs.checked && state.levels.filter(other => other.on).length === 1) {
      runs.checked = true;
      return;
    }

    row.on = runs.checked;
    inputs.forEach(input => { input.disabled = !row.on; });
    changed('settings');
  });
  cells.push(make('td', {}, runs));
  if (strength) {
    const whole = state.settings.strength ?? defaultOf(strength);
    const input = make('input', {
      type: 'range', min: 0, max: 1, step: 0.05, value: row.strength ?? whole, disabled: !row.on, 'aria-label': `Strength at level ${row.level}`,
      'data-key': `strength-${i}`,
    });
    const output = make('span', { class: 'value', 'aria-hidden': 'true' });
    const reset = make('button', { type: 'button', class: 'plain', 'aria-label': `Give level ${row.level} the value above` }, 'Reset');
    const tell = isOwn => {
      output.textContent = isOwn ? input.value : 'as above';
      input.setAttribute('aria-valuetext', isOwn ? input.value : `as above, ${input.value}`);
      input.classList.toggle('inherited', !isOwn);
      show(reset, isOwn);
    };
    tell(row.strength !== null);
    input.addEventListener('input', () => tell(true));
    input.addEventListener('change', () => {
      row.strength = Number(input.value);
      tell(true);
      changed('settings');
    });
    reset.addEventListener('click', () => {
      row.strength = null;
      input.value = state.settings.strength ?? defaultOf(strength);
      input.focus();
      tell(false);
      changed('settings');
    });
    inputs.push(input, reset);
    reset.disabled = !row.on;
    cells.push(make('td', {}, make('div', { class: 'slide' }, input, output, reset)));
  }

  if (transform) {
    const input = make('select', { disabled: !row.on, 'data-key': `method-${i}`, 'aria-label': `Method at level ${row.level}` },
      make('option', { value: '' }, 'as above'),
      ...transform.values.map(name => make('option', { value: name, selected: row.transform === name }, name)));
    input.addEventListener('change', () => { row.transform = input.value || null; changed('settings'); });
    inputs.push(input);
    cells.push(make('td', {}, input));
  }

  return make('tr', {}, ...cells);
}
