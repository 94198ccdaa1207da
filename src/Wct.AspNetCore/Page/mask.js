// A mask that is painted: white where a style goes, black where it doesn't.

/** Masks are painted at this length of the longer side, and resized when they are sent. */
const longest = 1024;

/** The size of a photo whose shorter side gets another length, rounded as the server does; its own if that isn't smaller. */
export function scaled({ width, height }, shorter) {
  const [s, l] = [Math.min(width, height), Math.max(width, height)];
  if (!(shorter > 0 && shorter < s))
    return [width, height];
  const longer = Math.floor((2 * l * shorter + s) / (2 * s));
  return width <= height ? [shorter, longer] : [longer, shorter];
}

/** A mask of a photo. Strokes are kept, so that undoing is drawing the others again. */
export class Mask {
  #strokes = [];
  #context;
  #file = null;

  /** @param {number} width Pixels per row of the photo. @param {number} height Its rows. */
  constructor(width, height) {
    this.scale = Math.min(1, longest / Math.max(width, height));
    this.canvas = document.createElement('canvas');
    this.canvas.width = Math.max(1, Math.round(width * this.scale));
    this.canvas.height = Math.max(1, Math.round(height * this.scale));
    this.photo = { width, height };
    this.#context = this.canvas.getContext('2d', { willReadFrequently: true });
    this.#redraw();
  }

  get isEmpty() { return this.#strokes.length === 0; }

  /** Begins a stroke. @param {{size: number, soft: number, erase: boolean}} brush Diameter in the photo's pixels; softness 0 to 1. */
  begin(x, y, brush) {
    const stroke = { ...brush, points: [[x, y]] };
    this.#file = null;
    this.#strokes.push(stroke);
    this.#stamp(stroke, x, y);
  }

  /** Goes on with the stroke. Coordinates are the photo's pixels. */
  extend(x, y) {
    const stroke = this.#strokes.at(-1), from = stroke.points.at(-1);
    this.#file = null;
    stroke.points.push([x, y]);
    this.#line(stroke, from, [x, y]);
  }

  /** Takes the last stroke back. */
  undo() {
    this.#file = null;
    this.#strokes.pop();
    this.#redraw();
  }

  /** Makes all of it white (1) or black (0). It can be undone. */
  fill(value) {
    this.#file = null;
    const stroke = { fill: value };
    this.#strokes.push(stroke);
    this.#draw(stroke);
  }

  /** The share of white, 0 to 1. */
  coverage() {
    const { width, height } = this.canvas, { data } = this.#context.getImageData(0, 0, width, height);
    let sum = 0;
    for (let i = 0; i < data.length; i += 4)
      sum += data[i];
    return sum / (255 * width * height);
  }

  /**
   * The mask as a PNG file. It is kept until a stroke changes.
   * @param {number} shorter Length of the result's shorter side; 0 for the photo's own. Masks never become larger than the photo.
   */
  toBlob(shorter = 0) {
    const [width, height] = scaled(this.photo, shorter);
    if (this.#file?.width !== width) {
      const blob = this.#encode(width, height);
      this.#file = { width, blob };
      // What failed once may work the next time.
      blob.catch(() => { this.#file = null; });
    }

    return this.#file.blob;
  }

  #encode(width, height) {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d');
    return new Promise((resolve, reject) => {
      const fail = () => reject(new Error(
        `This browser can’t make a mask of ${width} × ${height} pixels; “Size of the result” makes it smaller.`));
      if (!context) {
        fail();
        return;
      }

      context.imageSmoothingQuality = 'high';
      context.drawImage(this.canvas, 0, 0, width, height);
      canvas.toBlob(blob => blob ? resolve(blob) : fail(), 'image/png');
    });
  }

  #redraw() {
    this.#context.globalCompositeOperation = 'source-over';
    this.#context.fillStyle = '#000';
    this.#context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    for (const stroke of this.#strokes)
      this.#draw(stroke);
  }

  #draw(stroke) {
    if (stroke.points) {
      this.#stamp(stroke, ...stroke.points[0]);
      for (let i = 1; i < stroke.points.length; i++)
        this.#line(stroke, stroke.points[i - 1], stroke.points[i]);
      return;
    }

    this.#context.globalCompositeOperation = 'source-over';
    this.#context.fillStyle = stroke.fill ? '#fff' : '#000';
    this.#context.fillRect(0, 0, this.canvas.width, this.canvas.height);
  }

  // Stamps lie so close together that their edges make a line.
  #line(stroke, [x0, y0], [x1, y1]) {
    const steps = Math.max(1, Math.ceil(Math.hypot(x1 - x0, y1 - y0) / Math.max(1, stroke.size / 10)));
    for (let i = 1; i <= steps; i++)
      this.#stamp(stroke, x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps);
  }

  // The lighter (or darker) of both wins, so that a soft edge stays soft when a stroke crosses itself.
  #stamp({ size, soft, erase }, x, y) {
    const radius = Math.max(0.5, size * this.scale / 2), [cx, cy] = [x * this.scale, y * this.scale];
    const [ink, paper] = erase ? ['#000', '#fff'] : ['#fff', '#000'];
    const shade = this.#context.createRadialGradient(cx, cy, 0, cx, cy, radius);
    shade.addColorStop(0, ink);
    shade.addColorStop(Math.min(0.98, 1 - soft), ink);
    shade.addColorStop(1, paper);
    this.#context.globalCompositeOperation = erase ? 'darken' : 'lighten';
    this.#context.fillStyle = shade;
    this.#context.fillRect(cx - radius, cy - radius, 2 * radius, 2 * radius);
  }
}
