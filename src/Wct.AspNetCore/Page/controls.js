// Makes a control for an option: what it is comes from the server, how it reads from options.js.
import { announce, freshId, make, readable, words } from './dom.js';
import { defaultOf, fieldsOf } from './options.js';

/** Ranges wider than this get a field for a number and no slider, unless options.js narrows them. */
const widestSlider = 100;

/**
 * Makes a control.
 * @param {object} option The option.
 * @param {() => any} read Reads the value; undefined for the default.
 * @param {(value: any) => void} write Takes a new value.
 */
export function control(option, read, write) {
  switch (option.kind) {
    case 'integer': case 'number':
      return numeric(option, read, write);
    case 'choice':
      return option.strength ? withShare(option, read, write) : choice(option, read, write);
    case 'flag':
      return flag(option, read, write);
    case 'object':
      return group(option, read, write);
    default:
      return text(option, read, write);
  }
}

const label = option => option.label ?? words(option.name);

function field(option, input, output = null) {
  input.id ||= freshId(option.name);
  const hint = option.hint ? make('p', { class: 'hint', id: `${input.id}-hint` }, option.hint) : null;
  if (hint)
    input.setAttribute('aria-describedby', hint.id);
  return make('div', { class: 'field' },
    make('div', { class: 'field-head' }, make('label', { for: input.id }, label(option)), output), input, hint);
}

function numeric(option, read, write) {
  const low = option.low ?? option.minimum, high = option.high ?? option.maximum, initial = defaultOf(option);
  const slides = Number.isFinite(low) && Number.isFinite(high) && initial !== null && high - low <= Math.max(widestSlider, option.high ?? 0);
  return slides ? slider(option, low, high, read, write) : number(option, read, write);
}

/** A slider with its value beside it; the value changes while it moves, the setting when it stops. */
export function slider(option, low, high, read, write) {
  const step = option.kind === 'integer' ? 1 : option.step ?? niceStep(high - low);
  const value = Number(read() ?? defaultOf(option));
  // A recipe may have a value beyond the part of the range that the slider shows.
  const [min, max] = [Math.min(low, value), Math.max(high, value)];
  const input = make('input', { type: 'range', min, max, step, value, 'data-option': option.name });
  // Screen readers say the slider's own value, so the text beside it is for the eye.
  const output = make('span', { class: 'value', 'aria-hidden': 'true' });
  const tell = () => {
    output.textContent = shown(input.value);
    if (option.unit)
      input.setAttribute('aria-valuetext', output.textContent);
  };
  tell();
  input.addEventListener('input', tell);
  input.addEventListener('change', () => write(Number(input.value)));
  return field(option, input, output);

  function shown(now) {
    return option.unit ? `${readable(now)} ${option.unit}` : readable(now);
  }
}

function number(option, read, write) {
  const value = read() ?? defaultOf(option);
  const input = make('input', {
    type: 'number', min: option.minimum, max: option.maximum, step: option.kind === 'integer' ? 1 : 'any',
    value: value ?? '', placeholder: defaultOf(option) ?? 'automatic', 'data-option': option.name, inputmode: 'decimal',
  });
  const error = make('p', { class: 'field-error', id: freshId('error'), hidden: true });
  input.addEventListener('change', () => {
    const wrong = !input.checkValidity() || (input.value !== '' && option.exclusiveMinimum && Number(input.value) <= option.minimum);
    input.setAttribute('aria-invalid', wrong);
    error.hidden = !wrong;
    error.textContent = wrong ? `${label(option)}: ${range(option)}.` : '';
    if (wrong)
      announce(error.textContent);
    else
      write(input.value === '' ? null : Number(input.value));
  });
  const element = field(option, input);
  input.setAttribute('aria-describedby', [input.getAttribute('aria-describedby'), error.id].filter(id => id).join(' '));
  element.append(error);
  return element;
}

function range({ kind, minimum, maximum, exclusiveMinimum }) {
  const what = kind === 'integer' ? 'a whole number' : 'a number', low = exclusiveMinimum ? 'above' : 'at least';
  if (maximum === undefined || maximum === null)
    return `it must be ${what}, ${low} ${minimum ?? 0}`;
  return exclusiveMinimum ? `it must be ${what}, above ${minimum} to ${maximum}` : `it must be ${what}, ${minimum} to ${maximum}`;
}

function choice(option, read, write) {
  const value = read() ?? defaultOf(option);
  const input = make('select', { 'data-option': option.name }, ...option.values.map(name =>
    make('option', { value: name, selected: name === value }, option.names?.[name] ?? words(name))));
  input.addEventListener('change', () => write(input.value));
  return field(option, input);
}

// A choice whose value may have a strength after a colon: "luminance:0.5".
function withShare(option, read, write) {
  const [method, share = '1'] = String(read() ?? defaultOf(option)).split(':');
  let chosen = method, strength = Number(share);
  const part = slider({ name: `${option.name}Share`, label: 'How much of them', kind: 'number', default: 1, step: 0.05 }, 0, 1,
    () => strength, value => { strength = value; tell(); });
  const element = choice(option, () => method, value => { chosen = value; part.hidden = chosen === 'none'; tell(); });
  part.hidden = method === 'none';
  return make('div', { class: 'stack' }, element, part);

  function tell() {
    write(chosen === 'none' || strength === 1 ? chosen : `${chosen}:${strength}`);
  }
}

function flag(option, read, write) {
  const input = make('input', { type: 'checkbox', checked: Boolean(read() ?? defaultOf(option)), 'data-option': option.name });
  input.addEventListener('change', () => write(input.checked));
  return make('label', { class: 'check' }, input, ` ${label(option)}`);
}

// A setting that is off, or an object of numbers: photo mode.
function group(option, read, write) {
  const given = read();
  let values = given && typeof given === 'object' ? { ...given } : {};
  const fields = make('div', { class: 'stack indent', hidden: !given });
  fields.append(...fieldsOf(option).map(each => control(each, () => values[each.name], value => {
    values = { ...values, [each.name]: value };
    if (value === null || value === defaultOf(each))
      delete values[each.name];
    write(values);
  })));
  const on = flag({ ...option, default: false }, () => Boolean(given), checked => {
    fields.hidden = !checked;
    write(checked ? values : null);
  });
  return make('div', { class: 'stack' }, on, fields);
}

function text(option, read, write) {
  const input = make('input', { type: 'text', value: read() ?? defaultOf(option) ?? '', 'data-option': option.name });
  input.addEventListener('change', () => write(input.value === '' ? null : input.value));
  return field(option, input);
}

const niceStep = span => span <= 1 ? 0.01 : span <= 4 ? 0.05 : span <= 20 ? 0.1 : 1;
