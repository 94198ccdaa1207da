using Wct.Kernels;
using Wct.Net.Transforms;

namespace Wct.Net.Colors;

/// <summary>The change that gives a style's pixels the colors of a content: an affine map or tables.</summary>
internal sealed class Recoloring : IDisposable
{
    private readonly HistogramRecoloring? _tables;

    /// <param name="backend">The backend that will run the map.</param>
    /// <param name="style">The style's colors.</param>
    /// <param name="content">The content's colors.</param>
    /// <param name="preservation">The method and its strength.</param>
    internal Recoloring(Backend backend, ColorStatistics style, ColorStatistics content, ColorPreservation preservation)
    {
        if (preservation.Method == ColorPreservationMethod.Histogram)
        {
            _tables = new HistogramRecoloring(style, content, preservation.Strength);
            return;
        }

        AffineMap map = LinearRecoloring.Map(style, content, preservation.Strength);
        Map = backend.PackAffine(map.Matrix, map.Center, map.Offset);
        map.Release();
    }

    /// <summary>A convolution of colors, whose result must be clamped to 0..1; null if <see cref="Apply"/> is used.</summary>
    internal Convolution? Map { get; }

    /// <summary>Changes colors by the tables.</summary>
    /// <param name="rgb">[n, 3].</param>
    internal void Apply(Span<byte> rgb) => _tables!.Apply(rgb);

    /// <inheritdoc/>
    public void Dispose() => Map?.Dispose();
}
