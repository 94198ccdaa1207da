// Turns the page's settings into a recipe and back.
import { namesOf } from './names.js';
import { defaultOf } from './options.js';
import { checkLists, checkOption } from './recipecheck.js';

/** Only levels that run. */
const running = levels => levels.filter(row => row.on);

/** The weight that counts: a painting alone has all of it, whatever it was beside others. */
export const weightOf = (style, styles) => styles.length === 1 ? 1 : style.weight;

/** Whether the levels are what the library takes by itself. */
export const hasOwnLevels = (levels, all) => running(levels).length !== all.length
  || running(levels).some((row, i) => row.level !== all[i] || row.strength !== null || row.transform !== null);

/**
 * Makes the recipe of the state.
 * @param {object} state The page's state.
 * @param {{photo: string, styles: string[], masks: string[]}} names The names of the pictures.
 * @returns {object} A recipe as in docs/recipes.md.
 */
export function toRecipe(state, names = namesOf(state)) {
  const { server, settings, levels, size, photo, styles } = state;
  const recipe = { wct: 1 };
  if (photo)
    recipe.content = size > 0 ? { file: names.photo, size } : { file: names.photo };
  recipe.styles = styles.map((style, i) => ({
    file: names.styles[i],
    ...weightOf(style, styles) === 1 ? {} : { weight: style.weight },
    ...names.masks[i] ? { mask: names.masks[i] } : {},
  }));
  for (const option of server.options) {
    const value = settings[option.name];
    const always = option.name === 'strength' || option.name === 'transform';
    if (always || (value !== undefined && value !== null && JSON.stringify(value) !== JSON.stringify(defaultOf(option))))
      recipe[option.name] = value ?? defaultOf(option);
  }

  if (hasOwnLevels(levels, server.levels))
    recipe.levels = running(levels).map(levelOf);
  return recipe;
}

/**
 * Takes the settings of a recipe.
 * @param {object} recipe A recipe, parsed from JSON.
 * @param {object} server What the server can do.
 * @returns {{settings, levels, size: ?number, styles, missing: string[]}} What the page can take, and the properties that it can't.
 * @throws {Error} A value is wrong.
 */
export function fromRecipe(recipe, server) {
  if (recipe === null || typeof recipe !== 'object' || Array.isArray(recipe))
    throw new Error('The file is no recipe: a recipe is an object in JSON.');
  if (recipe.wct !== undefined && recipe.wct !== 1)
    throw new Error(`The recipe has version ${recipe.wct}; this page knows version 1.`);
  if (recipe.texture)
    throw new Error('The recipe is for a texture; this page paints photos.');
  checkLists(recipe);
  const settings = {}, missing = [];
  for (const [name, value] of Object.entries(recipe)) {
    if (['wct', 'content', 'styles', 'levels'].includes(name) || value === null)
      continue;
    const option = server.find(name);
    if (option)
      checkOption(option, value);
    if (!option || (option.kind === 'choice' && !fits(option, value)))
      missing.push(name);
    else if (value === true && option.kind === 'object')
      settings[name] = {};
    else if (value !== false || option.kind !== 'object')
      settings[name] = value;
  }

  const styles = recipe.styles ?? [];
  styles.forEach((style, i) => missing.push(...unseen.filter(name => style[name] !== undefined && style[name] !== null)
    .map(name => `styles[${i}].${name}`)));
  return { settings, size: recipe.content?.size ?? null, styles, levels: levelsOf(recipe, server, missing), missing };
}

// What a recipe can say of a style, and the page can't. A mask may be one that was painted here.
const unseen = ['styleMask', 'label', 'strength'];

function fits(option, value) {
  return option.values.includes(option.strength ? value.split(':')[0] : value);
}

function levelOf({ level, strength, transform }) {
  if (strength === null && transform === null)
    return level;
  return { level, ...strength === null ? {} : { strength }, ...transform === null ? {} : { transform } };
}

function levelsOf(recipe, server, missing) {
  const known = server.find('transform')?.values ?? [];
  const rows = (recipe.levels ?? server.levels).map((entry, i) => rowOf(typeof entry === 'number' ? { level: entry } : entry, i));
  const taken = rows.filter(row => server.levels.includes(row.level));
  if (taken.length === 0)
    throw new Error(`The recipe's levels are ${rows.map(row => row.level).join(', ')}; the model has ${server.levels.join(', ')}.`);
  missing.push(...rows.filter(row => !taken.includes(row)).map(row => `level ${row.level}`));
  const absent = server.levels.filter(level => taken.every(row => row.level !== level));
  return [...taken, ...absent.map(level => ({ level, on: false, strength: null, transform: null }))];

  function rowOf({ level, strength, transform }, i) {
    const isKnown = transform === undefined || transform === null || known.includes(transform);
    if (!isKnown)
      missing.push(`levels[${i}].transform (${transform})`);
    return { level, on: true, strength: strength ?? null, transform: isKnown ? transform ?? null : null };
  }
}
