// Creates and finds elements. Text is always set as text, so that no file name can become markup.

/** Finds an element by its id. */
export const find = id => document.getElementById(id);

/**
 * Creates an element.
 * @param {string} tag Its name.
 * @param {object} attributes Attributes; a function is a listener ("onclick"), true sets an empty attribute, null and false set none.
 * @param {...(Node|string|null)} children Children; null is left out.
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function')
      element.addEventListener(name.slice(2), value);
    else if (value === true)
      element.setAttribute(name, '');
    else if (value !== null && value !== false && value !== undefined)
      element.setAttribute(name, value);
  }

  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

/**
 * Replaces the children of an element. If one of them has the focus, the control with the same key (or id) gets it, or else the button that
 * paints.
 */
export function refill(element, ...children) {
  const focused = element.contains(document.activeElement) && document.activeElement !== element ? document.activeElement : null;
  const keyOf = control => control.dataset.key ?? control.id;
  element.replaceChildren(...children.filter(child => child !== null && child !== undefined));
  if (!focused)
    return;
  const same = [...element.querySelectorAll('button, input, select')]
    .find(control => keyOf(control) !== '' && keyOf(control) === keyOf(focused));
  if (same && !same.disabled)
    same.focus({ preventScroll: true });
  else
    focusPaint();
}

/** Gives the focus to the button that paints; to the settings as long as it can't be pressed. */
export function focusPaint() {
  const paint = find('paint');
  (paint.disabled ? find('settings') : paint).focus({ preventScroll: true });
}

/** Shows or hides an element. */
export const show = (element, visible) => { element.hidden = !visible; };

/** Says what happened, to everybody: the status line is a live region. */
export function announce(text) {
  find('status').textContent = text;
}

/** A number as a person reads it, with at most so many decimals. */
export const readable = (value, decimals = 2) => String(Number(Number(value).toFixed(decimals)));

/** "styleScale" as "Style scale". */
export function words(name) {
  const text = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[-_]/g, ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

let lastId = 0;

/** An id that no other element has. */
export const freshId = prefix => `${prefix}-${++lastId}`;
