// Reads server-sent events from a stream, as EventSource can't: it sends no POST.

/** Splits text that arrives in pieces into events. */
export class EventParser {
  #pieces = [];
  #afterReturn = false;
  #type = '';
  #data = [];
  #onEvent;

  /** @param {(type: string, data: string) => void} onEvent Called with each event. */
  constructor(onEvent) {
    this.#onEvent = onEvent;
  }

  /** Takes the next piece. A line may begin in one piece and end in another: pieces of a picture are joined only once. */
  push(text) {
    let start = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 && this.#afterReturn && i === start) {
        // The second half of a line end of two characters.
        start = i + 1;
      } else if (code === 10 || code === 13) {
        this.#pieces.push(text.slice(start, i));
        start = i + 1;
        const line = this.#pieces.join('');
        this.#pieces = [];
        this.#line(line);
      }

      this.#afterReturn = code === 13;
    }

    if (start < text.length)
      this.#pieces.push(text.slice(start));
  }

  #line(line) {
    if (line === '') {
      if (this.#data.length > 0)
        this.#onEvent(this.#type || 'message', this.#data.join('\n'));
      this.#type = '';
      this.#data = [];
      return;
    }

    const colon = line.indexOf(':');
    // A line that begins with a colon is a comment: the server sends one to keep the connection open.
    if (colon === 0)
      return;
    const field = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? '' : line.slice(colon + 1);
    if (value.startsWith(' '))
      value = value.slice(1);
    if (field === 'event')
      this.#type = value;
    else if (field === 'data')
      this.#data.push(value);
  }
}

/** Reads all events of a response's body. */
export async function readEvents(body, onEvent) {
  const parser = new EventParser(onEvent);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done)
      return;
    parser.push(value);
  }
}
