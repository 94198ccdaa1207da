// The recipe and the command line.
import { announce, find, make, refill, show } from './dom.js';
import { commandLine, recipeFile } from './command.js';
import { namesOf } from './names.js';
import { fromRecipe, toRecipe } from './recipe.js';
import { readRecipe } from './recipefile.js';
import { download } from './save.js';
import { showProblem } from './run.js';
import { changed, onChange, setSize, state } from './store.js';

const isWindows = /Windows/.test(navigator.userAgent);

/** Builds the buttons, and shows the command line anew after every change. */
export function buildShare(applied) {
  const button = (text, onclick) => make('button', { type: 'button', onclick }, text);
  const line = make('textarea', { id: 'command', readonly: true, rows: 3, spellcheck: 'false', 'aria-describedby': 'command-notes' });
  const notes = make('div', { id: 'command-notes', class: 'hint' }), files = make('div', { class: 'row' });
  find('share').replaceChildren(
    make('p', { class: 'hint' }, 'A recipe has all settings, and the names of the pictures. PNG results have theirs in them.'),
    make('div', { class: 'row' }, button('Download the recipe', saveRecipe), button('Load a recipe', () => find('file-recipe').click())),
    make('div', { id: 'recipe-left', class: 'missing', role: 'group', 'aria-label': 'What the recipe has and the page lacks', hidden: true }),
    make('div', { class: 'field' }, make('div', { class: 'field-head' }, make('label', { for: 'command' },
      `Command line that does the same${isWindows ? ' (for PowerShell)' : ''}`)), line, notes),
    make('div', { class: 'row' }, button('Copy the command line', () => copy(line))), files);
  find('file-recipe').addEventListener('change', event => loadFile(event.target, applied));
  onChange(refresh);
  refresh();

  function refresh() {
    const command = commandLine(state, isWindows);
    line.value = command.text;
    notes.replaceChildren(...command.notes.map(note => make('p', {}, note)));
    show(files, command.masks.length + command.pictures.length > 0);
    refill(files, ...command.pictures.map(({ name, blob }) => fileButton(name, () => blob)),
      ...state.styles.filter(style => style.mask).map((style, i) => fileButton(command.masks[i], () => style.mask.toBlob(state.size))));
  }
}

function fileButton(name, blobOf) {
  return make('button', {
    type: 'button', 'data-key': name,
    onclick: async () => {
      try {
        download(await blobOf(), name);
        announce(`${name} is downloaded.`);
      } catch (error) {
        showProblem(error);
      }
    },
  }, `Download ${name}`);
}

function saveRecipe() {
  const text = JSON.stringify(toRecipe(state, namesOf(state)), null, 2);
  download(new Blob([text, '\n'], { type: 'application/json' }), recipeFile);
  announce(`${recipeFile} is downloaded.`);
}

async function copy(line) {
  try {
    await navigator.clipboard.writeText(line.value);
    announce('The command line is copied.');
  } catch {
    // Some browsers have no clipboard for pages without encryption.
    line.focus();
    line.select();
    announce('The command line is selected; copy it with the browser’s own command.');
  }
}

async function loadFile(input, applied) {
  const [file] = input.files;
  input.value = '';
  if (!file)
    return;
  showProblem(null);
  show(find('recipe-left'), false);
  try {
    applyRecipe(await readRecipe(file), file.name);
    applied();
  } catch (error) {
    announce('The recipe could not be used.');
    showProblem(error);
  }
}

/** Sets the controls as a recipe says. Pictures stay; weights go to the paintings of the same names. */
function applyRecipe(recipe, name) {
  const taken = fromRecipe(recipe, state.server);
  const { settings, levels, missing } = taken;
  Object.assign(state, { settings, levels });
  setSize(taken.size);
  const absent = [], found = new Set(), names = namesOf(state);
  for (const [i, given] of taken.styles.entries()) {
    const at = names.styles.findIndex((own, each) => own === baseName(given.file) && !found.has(each));
    if (at >= 0) {
      found.add(at);
      state.styles[at].weight = given.weight ?? 1;
    } else {
      absent.push(given.file);
    }

    const mask = names.masks[at] ?? null;
    if (given.mask && mask !== baseName(String(given.mask)))
      missing.push(`styles[${i}].mask`);
    else if (!given.mask && mask)
      missing.push(`styles[${i}] without a mask (${mask} stays)`);
  }

  const left = [
    absent.length > 0 ? ` Its paintings aren’t here: ${absent.join(', ')}.` : '',
    missing.length > 0 ? ` The page has no control for: ${missing.join(', ')}.` : '',
  ].filter(text => text);
  // The status line says other things soon; this stays until another recipe is loaded.
  find('recipe-left').replaceChildren(...left.map(text => make('p', {}, text.trim())));
  show(find('recipe-left'), left.length > 0);
  changed('settings');
  announce(`The settings are those of ${name}.${left.join('')}`);
}

const baseName = file => file.split(/[\\/]/).at(-1);
