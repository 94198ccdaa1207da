using Wct.Kernels;

namespace Wct.Net.Transforms;

/// <summary>Finds the most similar 3x3 patch of a style's features for each patch of the content's features.</summary>
/// <remarks>Correlating all content pixels with some style patches is a convolution whose weights are these patches, so the search runs on
/// the backend's convolutions, a block of patches at a time. The style's patches are never in memory all at once.</remarks>
/// <param name="style">The style's features.</param>
/// <param name="contentKeys">Applied to the content's features before the search; null for none.</param>
/// <param name="styleKeys">Applied to the style's features before the search and to the values; null for none.</param>
/// <param name="output">Applied to the result; null for none.</param>
internal sealed class PatchSearch(StyleFeatures style, AffineMap? contentKeys, AffineMap? styleKeys, AffineMap? output) : LocalMap
{
    /// <summary>Pixels of a patch's side.</summary>
    internal const int Side = 3;

    // Number of patches that are compared at a time.
    private const int Block = 128;

    // A patch that must not be used has this score.
    private const float Excluded = -1e30f;

    private readonly Lock _lock = new();
    private Tensor? _values;
    private float[]? _keys;
    private float[] _scales = [];

    private int Columns => style.Width - Side + 1;

    private int Patches => (style.Height - Side + 1) * Columns;

    /// <summary>Memory in bytes besides the content's features.</summary>
    internal static long Bytes(Backend backend, TensorShape features, TensorShape style, bool whitens)
    {
        ConvolutionShape block = new(Block, features.Channels, Side);
        // The values on the device and the keys on the host, scores, the best patch per pixel; the content's keys or the gathered values,
        // and the result.
        return backend.BytesOf(style) + (whitens ? 4 * style.Length : 0) + 2 * backend.BytesOf(block)
            + 2 * sizeof(float) * block.WeightsLength + backend.BytesOf(features.WithChannels(Block))
            + backend.BytesOf(features.WithChannels(2)) + (whitens ? 2 : 1) * backend.BytesOf(features);
    }

    /// <summary>The style's features, with the keys' map; [C, Hs, Ws]. Call <see cref="Load"/> first.</summary>
    internal Tensor Values => _values!;

    /// <summary>Finds the most similar patches without applying them.</summary>
    /// <param name="backend">The backend that computes.</param>
    /// <param name="features">[C, h, w]; the content's keys are not applied.</param>
    /// <param name="best">[2, h, w], receives what <see cref="Backend.KeepLargest"/> gives.</param>
    internal void Match(Backend backend, Tensor features, Tensor best)
    {
        Load(backend);
        Search(backend, features, best, CancellationToken.None);
    }

    /// <summary>The squared length of a patch. Call <see cref="Load"/> first.</summary>
    internal double SquaredLength(int patch) => 1 / ((double)_scales[patch] * _scales[patch]);

    /// <inheritdoc/>
    public override Tensor Apply(Backend backend, Tensor features, CancellationToken cancellationToken)
    {
        Load(backend);
        using Tensor best = backend.Allocate(features.Shape.WithChannels(2));
        using (Tensor? keys = contentKeys?.Apply(backend, features))
            Search(backend, keys ?? features, best, cancellationToken);
        Tensor gathered = backend.Allocate(features.Shape);
        try
        {
            backend.GatherPatches(_values!, best, gathered);
            if (output is null)
                return gathered;
            Tensor result = output.Apply(backend, gathered);
            gathered.Dispose();
            return result;
        }
        catch
        {
            gathered.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _values?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Uploads the values, and computes the keys and the scale of each patch, once for all tiles.</summary>
    internal void Load(Backend backend)
    {
        lock (_lock)
        {
            if (_values is not null)
                return;
            Tensor values = backend.Allocate(new TensorShape(style.Channels, style.Height, style.Width));
            try
            {
                backend.Write(style.Values, values);
                if (styleKeys is not null)
                {
                    Tensor keys = styleKeys.Apply(backend, values);
                    values.Dispose();
                    values = keys;
                    _keys = new float[values.Shape.Length];
                    backend.Read(values, _keys);
                }

                _scales = Scales(Keys);
            }
            catch
            {
                values.Dispose();
                throw;
            }

            _values = values;
        }
    }

    private ReadOnlySpan<float> Keys => _keys ?? style.Values;

    private void Search(Backend backend, Tensor keys, Tensor best, CancellationToken cancellationToken)
    {
        int channels = style.Channels, patches = Patches;
        float[] weights = new float[Block * channels * Side * Side], bias = new float[Block];
        using Tensor scores = backend.Allocate(keys.Shape.WithChannels(Block));
        for (int first = 0; first < patches; first += Block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(Block, patches - first), start = first;
            // Patches beyond the last one can't win.
            weights.AsSpan(count * channels * Side * Side).Clear();
            bias.AsSpan().Fill(Excluded);
            backend.RunOnHost((count + PerTask - 1) / PerTask, task =>
            {
                int end = Math.Min(count, (task + 1) * PerTask);
                for (int i = task * PerTask; i < end; i++)
                    Fill(start + i, weights.AsSpan(i * channels * Side * Side, channels * Side * Side), out bias[i]);
            });
            using Convolution block = backend.PackConvolution(new ConvolutionShape(Block, channels, Side), weights, bias);
            backend.Convolve(keys, block, Activation.None, scores);
            backend.KeepLargest(scores, first, best);
        }
    }

    private const int PerTask = 16;

    // The weights [C, 3, 3] of a patch, normalized to unit length.
    private void Fill(int patch, Span<float> weights, out float bias)
    {
        float scale = _scales[patch];
        bias = float.IsNaN(scale) ? Excluded : 0;
        if (float.IsNaN(scale))
        {
            weights.Clear();
            return;
        }

        ReadOnlySpan<float> keys = Keys;
        int plane = style.Height * style.Width, at = (patch / Columns * style.Width) + (patch % Columns);
        for (int c = 0, k = 0; c < style.Channels; c++)
        {
            for (int y = 0; y < Side; y++)
            {
                ReadOnlySpan<float> row = keys.Slice(c * plane + at + y * style.Width, Side);
                for (int x = 0; x < Side; x++)
                    weights[k++] = row[x] * scale;
            }
        }
    }

    // One over each patch's length; NaN for patches that must not be used.
    private float[] Scales(ReadOnlySpan<float> keys)
    {
        int width = style.Width, plane = style.Height * width;
        double[] squares = new double[plane];
        for (int c = 0; c < style.Channels; c++)
        {
            ReadOnlySpan<float> map = keys.Slice(c * plane, plane);
            for (int i = 0; i < plane; i++)
                squares[i] += (double)map[i] * map[i];
        }

        float[] scales = new float[Patches];
        float least = LeastShare();
        for (int patch = 0; patch < scales.Length; patch++)
        {
            int at = (patch / Columns * width) + (patch % Columns);
            double sum = 0;
            for (int y = 0; y < Side; y++)
            {
                for (int x = 0; x < Side; x++)
                    sum += squares[at + y * width + x];
            }

            scales[patch] = Share(at) < least ? float.NaN : (float)(1 / Math.Max(Math.Sqrt(sum), 1e-12));
        }

        return scales;
    }

    // At least half of a patch must belong to the style, or as much as there is.
    private float LeastShare()
    {
        const float Half = Side * Side / 2f;
        if (style.Shares.IsEmpty)
            return 0;
        float most = 0;
        for (int patch = 0; patch < Patches; patch++)
            most = Math.Max(most, Share((patch / Columns * style.Width) + (patch % Columns)));
        return Math.Min(Half, most);
    }

    private float Share(int at)
    {
        if (style.Shares.IsEmpty)
            return 1;
        float sum = 0;
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
                sum += style.Shares[at + y * style.Width + x];
        }

        return sum;
    }
}
