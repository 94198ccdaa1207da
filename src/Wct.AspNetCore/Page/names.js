// The names under which pictures are sent. A recipe and a command line use the same ones.

/** A file name without what no system allows in one. */
export function safeName(name, fallback = 'picture') {
  // eslint-disable-next-line no-control-regex
  const clean = name.replace(/[\u0000-\u001f\u007f"\\/<>|?*\u2028\u2029]/g, '_').trim().replace(/^\.+$/, '') || fallback;
  return fit(...parts(clean));
}

const encoder = new TextEncoder();

/** Cuts a stem so that it and what follows have at most so many bytes in UTF-8. File systems allow 255. */
export function fit(stem, rest, most = 255) {
  const characters = [...stem];
  while (characters.length > 1 && encoder.encode(characters.join('') + rest).length > most)
    characters.pop();
  return characters.join('') + rest;
}

// The stem and the extension with its dot. A long "extension" is none.
function parts(name) {
  const dot = name.lastIndexOf('.');
  return dot > 0 && name.length - dot <= 20 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
}

/** Names for the photo, the styles and their masks; no two are the same. */
export function namesOf({ photo, styles }) {
  const taken = new Set();
  const take = name => {
    const [stem, extension] = parts(name);
    let free = name;
    for (let i = 2; taken.has(free.toLowerCase()); i++)
      free = fit(stem, `-${i}${extension}`);
    taken.add(free.toLowerCase());
    return free;
  };
  // Names that the server gave come first, because they can't change.
  styles.filter(style => style.picture.configured).forEach(style => take(style.picture.name));
  return {
    photo: photo ? take(safeName(photo.name, 'photo')) : null,
    styles: styles.map(style => style.picture.configured ? style.picture.name : take(safeName(style.picture.name, 'painting'))),
    masks: styles.map((style, i) => style.mask ? take(`mask${i + 1}.png`) : null),
  };
}

/** "photo-painting", the name of a result without its extension. */
export function resultStem({ photo, styles }) {
  const stem = name => name.replace(/\.[^.]+$/, '');
  const names = namesOf({ photo, styles });
  // The tool adds some characters to the name while it writes the file.
  return fit([names.photo, ...names.styles].filter(name => name).map(stem).join('-'), '', 200) || 'result';
}
