// Writes the command line of "wct stylize" that gives the same picture as the page.
import { namesOf, resultStem } from './names.js';
import { defaultOf } from './options.js';
import { hasOwnLevels, weightOf } from './recipe.js';

/** Options whose value is one word. Others of the page are handled one by one; one that isn't here needs a recipe. */
const words = { passes: '--passes', styleScale: '--style-scale', styleSize: '--style-size', preserveColor: '--preserve-color' };

/** The options of words that the tool refuses if all styles are files that were measured before. */
const resizing = ['styleScale', 'styleSize'];

/** The levels of the built-in model, which the tool takes if the command names no other. */
const builtInLevels = [5, 4, 3, 2, 1];

/** Formats whose quality the tool can be told. Its default is another one than the page's. */
const qualityOptions = { jpeg: '--quality', webp: '--quality', avif: '--quality', jxl: '--quality' };

/**
 * Writes the command line.
 * @param {object} state The page's state.
 * @param {boolean} windows Whether to quote for Windows.
 * @returns {{text: string, notes: string[], recipe: boolean, masks: string[], pictures: {name: string, blob: Blob}[]}} The line, what to
 * know about it, whether it needs the recipe's file, the masks' files that it needs, and the pictures that aren't in a folder as it names
 * them.
 */
export function commandLine(state, windows = false) {
  const names = namesOf(state), notes = [], output = `${resultStem(state)}.${extensions[state.format] ?? state.format}`;
  const reason = needsRecipe(state);
  const masks = names.masks.filter(name => name);
  if (masks.length > 0)
    notes.push(`Download the ${masks.length === 1 ? 'mask' : 'masks'} into the same folder: ${masks.join(', ')}.`);
  if (reason)
    notes.unshift(`Download the recipe into the same folder: ${reason} no option of its own.`);
  const configured = state.styles.filter(style => style.picture.configured).map(style => style.picture.name);
  if (configured.length > 0)
    notes.push(`The server knows a file by the name ${configured.join(', ')}; put its path there.`);
  const pictures = unsaved(state, names);
  if (pictures.length > 0)
    notes.push(`Download what your folder doesn't have under this name: ${pictures.map(({ name }) => name).join(', ')}.`);
  const { model, precision } = state.server;
  if (model && model !== 'builtin')
    notes.push(`The server's model is ${model}; put its path there.`);
  const parts = ['wct', 'stylize', ...reason ? ['--recipe', recipeFile] : plain(state, names), '-o', file(output)];
  if (qualityOptions[state.format])
    parts.push(qualityOptions[state.format], String(state.quality));
  if (model && model !== 'builtin')
    parts.push('--weights', file(model));
  if (precision && precision !== 'single')
    parts.push('--precision', precision);
  return { text: parts.map(part => quote(part, windows)).join(' '), notes, recipe: reason !== null, masks, pictures };
}

// Samples, pictures that were pasted, and pictures that have another name here than in their folder.
function unsaved({ photo, styles }, names) {
  const all = [[photo, names.photo], ...styles.map((style, i) => [style.picture, names.styles[i]])];
  return all.filter(([picture, name]) => picture?.blob && (picture.isLoose || picture.name !== name))
    .map(([picture, name]) => ({ name, blob: picture.blob }));
}

/** The recipe's file name, in the download and in the command line. */
export const recipeFile = 'wct.recipe.json';

/** File name extensions of formats that have another name. */
export const extensions = { jpeg: 'jpg' };

/** Quotes a word for a POSIX shell or, on Windows, for PowerShell, if it needs that. */
export function quote(word, windows = false) {
  // In PowerShell a comma makes a list and "@" splats. It also takes curly quotes for quotes.
  if ((windows ? /^[A-Za-z0-9_.:=+/-]+$/ : /^[A-Za-z0-9_.,:=%+@/-]+$/).test(word))
    return word;
  return windows ? `'${word.replace(/['\u2018-\u201b]/g, '$&$&')}'` : `'${word.replaceAll("'", "'\\''")}'`;
}

function plain({ server, settings, levels, size, photo, styles }, names) {
  const parts = [file(names.photo ?? 'photo.jpg')];
  const weighted = styles.some(style => weightOf(style, styles) !== 1);
  styles.forEach((style, i) => parts.push(file(names.styles[i]) + (weighted ? `:${style.weight}` : '')));
  if (size > 0 && photo)
    parts.push('--size', String(size));
  // An option comes with its value for the whole picture first, then with those of levels.
  const value = name => settings[name] ?? defaultOf(server.find(name));
  for (const [name, option] of [['strength', '--alpha'], ['transform', '--transform']]) {
    if (!server.has(name))
      continue;
    const own = [...new Set(levels.filter(row => row.on && row[name] !== null).map(row => `${row.level}:${row[name]}`))];
    const whole = isSet(server.find(name), settings) ? [value(name)] : [];
    if (own.length + whole.length > 0)
      parts.push(option, [...whole, ...own].join(','));
  }

  const run = levels.filter(row => row.on).map(row => row.level);
  if (run.join() !== (server.model ? server.levels : builtInLevels).join())
    parts.push('--levels', run.join(''));
  for (const [name, option] of Object.entries(words))
    if (server.has(name) && isSet(server.find(name), settings) && !(resizing.includes(name) && names.styles.every(isStyleFile)))
      parts.push(option, String(value(name)));
  if (server.has('mix') && isSet(server.find('mix'), settings) && mixes(styles))
    parts.push('--mix', value('mix'));
  for (const name of names.masks.filter(mask => mask))
    parts.push('--mask', name);
  if (server.has('feather') && isSet(server.find('feather'), settings) && styles.some(style => style.mask))
    parts.push('--feather', String(value('feather')));
  if (settings.photo)
    parts.push('--photo');
  return parts;
}

/** Whether styles share a region, so that they are mixed: each mask that is painted here is another one. */
export const mixes = styles => styles.filter(style => !style.mask).length > 1;

function isSet(option, settings) {
  const value = settings[option.name];
  return value !== undefined && value !== null && JSON.stringify(value) !== JSON.stringify(defaultOf(option));
}

// What the tool can only take from a recipe; null for nothing.
function needsRecipe({ server, settings, levels, styles }) {
  if (settings.photo && Object.values(settings.photo).some(value => value !== null))
    return 'the numbers of photo mode have';
  const masks = styles.filter(style => style.mask).length;
  if (masks > 0 && masks < styles.length)
    return 'a painting without a mask beside one with a mask has';
  const run = levels.filter(row => row.on);
  if (hasOwnLevels(levels, server.levels) && run.some(row => run.some(other => other.level === row.level
    && (other.strength !== row.strength || other.transform !== row.transform))))
    return 'a level that runs twice with other settings has';
  const known = new Set([...Object.keys(words), 'strength', 'transform', 'mix', 'feather', 'photo']);
  const unknown = server.options.find(option => !known.has(option.name) && isSet(option, settings));
  return unknown ? `“${unknown.label ?? unknown.name}” has` : null;
}

const isStyleFile = name => /\.safetensors$/i.test(name);

// A name that begins with a dash would be taken for an option.
const file = name => name.startsWith('-') ? `./${name}` : name;
