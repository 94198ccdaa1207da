// Talks to the server. Every error becomes a Problem, whose message is one sentence for the reader.
import { readEvents } from './sse.js';

/** An error that the page can show. */
export class Problem extends Error {
  /** @param {string} message What is wrong. @param {number} retryAfter Seconds after which another try makes sense; 0 for none. */
  constructor(message, retryAfter = 0) {
    super(message);
    this.retryAfter = retryAfter;
  }
}

/** Makes a Problem of problem details. */
export function problemOf(details, status = 0, retryAfter = 0) {
  const text = details?.detail || details?.title || (status ? `The server answered with status ${status}.` : 'The server failed.');
  return new Problem(text, retryAfter);
}

/** Asks for the options that the server's library has. */
export async function getOptions(address) {
  const response = await send(`${address}/options`, { headers: { accept: 'application/json' } });
  return response.json();
}

/**
 * Stylizes a picture.
 * @param {string} address The server's address for stylizing.
 * @param {FormData} form The pictures and settings.
 * @param {AbortSignal} signal Cancels.
 * @param {(type: string, data: object) => void} onEvent Called with "queued", "progress" and "level".
 * @returns {Promise<object>} The data of the event "result".
 */
export async function stylize(address, form, signal, onEvent) {
  const response = await send(address, { method: 'POST', body: form, signal, headers: { accept: 'text/event-stream' } });
  let result = null, failure = null;
  await reading(() => readEvents(response.body, (type, data) => {
    const value = JSON.parse(data);
    if (type === 'result')
      result = value;
    else if (type === 'error')
      failure = problemOf(value, value.status);
    else
      onEvent(type, value);
  }));
  if (failure)
    throw failure;
  if (!result)
    throw new Problem('The server ended the answer before the picture was there.');
  return result;
}

/** Stylizes a picture and returns its file. */
export async function stylizeFile(address, form, signal) {
  const response = await send(address, { method: 'POST', body: form, signal });
  return reading(() => response.blob());
}

/** Decodes base64 into a Blob. */
export function blobOf(base64, type) {
  const text = atob(base64), bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++)
    bytes[i] = text.charCodeAt(i);
  return new Blob([bytes], { type });
}

async function send(address, request) {
  const response = await reading(() => fetch(address, { credentials: 'same-origin', redirect: 'error', ...request }));
  if (response.ok)
    return response;
  const isProblem = /json/.test(response.headers.get('content-type') ?? '');
  const details = isProblem ? await response.json().catch(() => null) : null;
  throw problemOf(details, response.status, Number(response.headers.get('retry-after')) || 0);
}

// Browsers call any failure of the connection a TypeError.
async function reading(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TypeError)
      throw new Problem('The connection to the server was lost. Is it still running?');
    throw error;
  }
}
