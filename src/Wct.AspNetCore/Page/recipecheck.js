// Checks the values of a recipe before the page takes any of them. Errors name the property and its value.
import { fieldsOf } from './options.js';

const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);
const said = value => JSON.stringify(value) ?? 'nothing';

/** Throws an Error if a value is no number of a range. */
export function checkNumber(name, value, { kind, minimum, maximum, exclusiveMinimum }) {
  const low = minimum ?? -Infinity, high = maximum ?? Infinity;
  const fits = Number.isFinite(value) && value <= high && (exclusiveMinimum ? value > low : value >= low)
    && (kind !== 'integer' || Number.isInteger(value));
  if (fits)
    return;
  const range = [
    Number.isFinite(low) ? `${exclusiveMinimum ? 'above' : 'at least'} ${low}` : '', Number.isFinite(high) ? `at most ${high}` : '',
  ].filter(part => part).join(' and ');
  const what = `a ${kind === 'integer' ? 'whole ' : ''}number`;
  throw new Error(`The recipe's ${name} is ${said(value)}; it must be ${what}${range && `, ${range}`}.`);
}

/** Throws an Error if a value isn't of the kind of an option. Unknown names of a choice are allowed: the page leaves them out. */
export function checkOption(option, value, name = option.name) {
  if (option.kind === 'number' || option.kind === 'integer')
    checkNumber(name, value, option);
  else if (option.kind === 'flag')
    check(typeof value === 'boolean', name, value, 'true or false');
  else if (option.kind === 'object')
    checkFields(option, value, name);
  else
    check(typeof value === 'string', name, value, 'a text');
  if (option.kind === 'choice' && option.strength && value.includes(':'))
    checkNumber(name, Number(value.split(':')[1] || NaN), { kind: 'number', minimum: 0, maximum: 1 });
}

function checkFields(option, value, name) {
  if (typeof value === 'boolean')
    return;
  check(isObject(value), name, value, 'an object, true or false');
  for (const field of fieldsOf(option))
    if (value[field.name] !== undefined && value[field.name] !== null)
      checkOption(field, value[field.name], `${name}.${field.name}`);
}

/** Throws an Error if the recipe's content, styles or levels have a wrong form. */
export function checkLists({ content, styles, levels }) {
  if (content !== undefined && content !== null) {
    check(isObject(content), 'content', content, 'an object with a file');
    if (content.size !== undefined && content.size !== null)
      checkNumber('content.size', content.size, { kind: 'integer', minimum: 1, maximum: 1 << 20 });
  }

  if (styles !== undefined && styles !== null) {
    check(Array.isArray(styles), 'styles', styles, 'a list');
    styles.forEach(checkStyle);
  }

  if (levels !== undefined && levels !== null) {
    check(Array.isArray(levels) && levels.length > 0, 'levels', levels, 'a list with at least one level');
    levels.forEach(checkLevel);
  }
}

function checkStyle(style, i) {
  check(isObject(style) && typeof style.file === 'string', `styles[${i}]`, style, 'an object with a file');
  if (style.weight !== undefined && style.weight !== null)
    checkNumber(`styles[${i}].weight`, style.weight, { kind: 'number', minimum: 0 });
}

function checkLevel(entry, i) {
  const level = isObject(entry) ? entry.level : entry;
  checkNumber(`levels[${i}]`, level, { kind: 'integer', minimum: 1 });
  if (!isObject(entry))
    return;
  if (entry.strength !== undefined && entry.strength !== null)
    checkNumber(`levels[${i}].strength`, entry.strength, { kind: 'number', minimum: 0, maximum: 1 });
  if (entry.transform !== undefined && entry.transform !== null)
    check(typeof entry.transform === 'string', `levels[${i}].transform`, entry.transform, 'a text');
}

function check(isRight, name, value, wanted) {
  if (!isRight)
    throw new Error(`The recipe's ${name} is ${said(value)}; it must be ${wanted}.`);
}
