// What the page knows about options: how to say them. Which there are, and their ranges and defaults, comes from the server.

/** Texts for options of the library. One without an entry gets a control all the same, among "More". */
const texts = {
  strength: { place: 'look', label: 'Strength', hint: 'How much of the painting goes into the photo.', step: 0.05 },
  transform: {
    place: 'look', label: 'Method',
    names: {
      wct: 'Whitening and coloring', adain: 'Mean and variance (fastest)', ot: 'Optimal transport (keeps more)',
      swap: 'Patches, on whitened features', 'swap-raw': 'Patches, on the features themselves',
    },
    hint: 'How the photo gets the painting’s strokes. Patches are slow at levels 3 to 1.',
  },
  preserveColor: {
    place: 'look', label: 'The photo’s colors',
    names: {
      none: 'Use the painting’s', linear: 'Keep them, naturally', histogram: 'Keep them, by channel', luminance: 'Keep them exactly',
    },
  },
  styleScale: { place: 'look', label: 'Stroke size', hint: 'Above 1 for larger strokes, below 1 for finer ones.', low: 0.25, high: 4, step: 0.05 },
  passes: { place: 'look', label: 'Passes', hint: 'Each pass paints over the one before.', high: 10 },
  mix: {
    place: 'mixing', label: 'Mix them', names: { features: 'as an average of results', covariance: 'as one style between them' },
  },
  styleSize: { place: 'more', label: 'Size of paintings', hint: 'Length of the shorter side in pixels. Empty: their own.' },
  feather: { place: 'mask', label: 'Soft edge of masks', high: 200, unit: 'px' },
  photo: {
    place: 'photo', label: 'Keep the photo’s edges and details',
    fields: {
      radius: { label: 'Radius', hint: 'Pixels. Empty: a twenty-fifth of the shorter side.' },
      epsilon: { label: 'Edge threshold', hint: 'Variance from which on something is an edge.' },
      detail: { label: 'Detail', hint: 'Share of the photo’s fine detail that is added.' },
    },
  },
};

/** Options that have a place of their own on the page, and kinds that need a file or a list. */
const elsewhere = new Set(['levels', 'styles', 'content', 'size', 'texture', 'model', 'wct']);
const withoutControl = new Set(['levels', 'file']);

/** Transforms that use no painting, and so have no place here. */
const withoutStyle = new Set(['whiten']);

/** Brings the server's answer into the form that the page uses. */
export function describe(answer) {
  const known = (answer.options ?? []).filter(option => !elsewhere.has(option.name) && !withoutControl.has(option.kind));
  const options = nested(known).map(option => ({
    ...option,
    kind: kindOf(option),
    values: (option.values ?? []).filter(value => option.name !== 'transform' || !withoutStyle.has(value)),
    place: 'more',
    ...texts[option.name],
  }));
  return {
    options,
    levels: answer.levels ?? [],
    formats: answer.formats ?? ['png'],
    limits: answer.limits ?? {},
    styles: answer.styles ?? [],
    device: answer.device ?? '',
    version: answer.version ?? '',
    model: answer.model ?? null,
    precision: answer.precision ?? null,
    formatsWithQuality: answer.formatsWithQuality ?? [],
    has: name => options.some(option => option.name === name),
    find: name => options.find(option => option.name === name),
  };
}

/** The default of an option, as the controls show it. */
export function defaultOf(option) {
  if (option.default !== undefined && option.default !== null)
    return option.default;
  return option.kind === 'choice' ? option.values[0] ?? '' : option.kind === 'flag' ? false : null;
}

/** The fields of an option that is an object. */
export const fieldsOf = option => (option.properties ?? []).map(field => ({
  ...field, kind: kindOf(field), ...option.fields?.[field.name],
}));

// "photoRadius" with the property "photo.radius" is a field of "photo".
function nested(options) {
  const owner = option => {
    const [parent, field] = (option.property ?? '').split('.');
    return field && options.some(other => other.name === parent) ? { parent, field } : null;
  };
  return options.filter(option => !owner(option)).map(option => {
    const inner = options.filter(other => owner(other)?.parent === option.name);
    return inner.length === 0 ? option : {
      ...option, kind: 'object', properties: inner.map(each => ({ ...each, name: owner(each).field })),
    };
  });
}

function kindOf(option) {
  switch (option.kind) {
    case 'integer': case 'number': case 'choice': case 'object':
      return option.kind;
    case 'boolean': case 'bool': case 'flag':
      return 'flag';
    case 'color':
      return 'choice';
    default:
      return option.values ? 'choice' : option.properties ? 'object' : 'text';
  }
}
