// The page's state: pictures, settings, result. Modules change it and tell the others which part changed.

const key = 'wct-settings';
const listeners = [];

export const state = {
  /** What the server can do: see options.js. */
  server: null,
  /** { name, blob, url, width, height }; width and height are 0 if the browser can't show the file. */
  photo: null,
  /** [{ id, picture, weight, mask }]; a picture that the server has is "configured" and has no blob. */
  styles: [],
  /** Values by the names of a recipe's properties; one that is missing has its default. */
  settings: {},
  /** [{ level, on, strength, transform }] in the order in which they run; null for the value of the whole picture. */
  levels: [],
  /** Length of the photo's shorter side in pixels; 0 for its own. */
  size: 0,
  /** Whether the size follows from the photo, because nobody chose one. */
  isSizeAutomatic: true,
  format: 'png',
  quality: 90,
  /** { blob, url, type, width, height, recipe, seconds } */
  result: null,
};

/** Calls a function with the name of each part that changes: "photo", "styles", "settings", "result". */
export const onChange = listener => listeners.push(listener);

/** Says that a part of the state changed. */
export function changed(part) {
  if (part === 'settings' || part === 'format')
    keep();
  for (const listener of listeners)
    listener(part);
}

/** Takes back the settings that this tab had before it was loaded again. Pictures aren't kept. */
export function restore() {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  } catch {
    // Storage is turned off, or its text was damaged: the defaults are right then.
  }

  if (!kept || typeof kept !== 'object')
    return;
  const known = new Set(state.server.options.map(option => option.name));
  state.settings = Object.fromEntries(Object.entries(kept.settings ?? {}).filter(([name]) => known.has(name)));
  const levels = (kept.levels ?? []).filter(row => state.server.levels.includes(row.level));
  if (levels.length > 0)
    state.levels = levels;
  state.isSizeAutomatic = kept.isSizeAutomatic !== false;
  state.size = state.isSizeAutomatic ? 0 : Number(kept.size) || 0;
  state.quality = Number(kept.quality) || state.quality;
  if (state.server.formats.includes(kept.format))
    state.format = kept.format;
}

/** Gives every setting its default. */
export function reset() {
  state.settings = {};
  state.levels = freshLevels();
  setSize(null);
}

/** Sets the size of the result; null lets it follow from the photo: a large one, or one whose size isn't known here, is made smaller. */
export function setSize(size) {
  const { photo } = state, shorter = photo ? Math.min(photo.width, photo.height) : 1;
  state.isSizeAutomatic = size === null;
  state.size = size ?? (shorter === 0 || shorter > 1200 ? 1024 : 0);
}

/** All levels, as the library runs them if nobody says anything. */
export const freshLevels = () => state.server.levels.map(level => ({ level, on: true, strength: null, transform: null }));

function keep() {
  const { settings, levels, size, isSizeAutomatic, format, quality } = state;
  try {
    sessionStorage.setItem(key, JSON.stringify({ settings, levels, size, isSizeAutomatic, format, quality }));
  } catch {
    // Without storage, a reload begins with the defaults.
  }
}
