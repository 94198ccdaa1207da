// Reads a recipe from its JSON file, or from the PNG file of a result.

const keyword = 'wct:recipe', signature = [137, 80, 78, 71, 13, 10, 26, 10], most = 1 << 20;

/** Reads a recipe. Throws an Error whose message is for the reader. */
export async function readRecipe(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isPng = signature.every((value, i) => bytes[i] === value);
  const text = isPng ? await textOf(bytes) : new TextDecoder().decode(bytes.subarray(0, most + 1));
  if (text === null)
    throw new Error(`${file.name} has no recipe in it.`);
  if (text.length > most)
    throw new Error(`${file.name} has more than ${most} bytes; a recipe has less.`);
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${file.name} is no recipe: it isn't JSON.`);
  }
}

/** Finds the text of a PNG file's recipe (chunk iTXt); null if there is none. */
export async function textOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = signature.length; at + 12 <= bytes.length;) {
    const length = view.getUint32(at), body = bytes.subarray(at + 8, at + 8 + length);
    if (String.fromCharCode(...bytes.subarray(at + 4, at + 8)) === 'iTXt' && latin(body.subarray(0, keyword.length)) === keyword
      && body[keyword.length] === 0)
      return international(body.subarray(keyword.length + 1));
    at += 12 + length;
  }

  return null;
}

// Compression flag and method, language, translated keyword, then the text; the middle two end with a zero.
async function international(rest) {
  const language = rest.indexOf(0, 2), translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
  if (translated < 0)
    return null;
  const text = rest.subarray(translated + 1);
  if (rest[0] === 0)
    return new TextDecoder().decode(text);
  const stream = new Blob([text]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Response(stream).text();
}

const latin = bytes => String.fromCharCode(...bytes);
