using Wct.Kernels;
using Wct.Net.Colors;
using Wct.Net.Transparency;

namespace Wct.Net;

/// <summary>The colors of a picture's visible pixels, for <see cref="ColorPreservation"/>. Immutable.</summary>
public sealed class PictureColors
{
    internal PictureColors(ColorStatistics statistics) => Statistics = statistics;

    /// <summary>The mean of red, green and blue, [3], in 0..1; 0 if no pixel is visible.</summary>
    public IReadOnlyList<double> Mean => Statistics.Mean;

    /// <summary>The covariance of red, green and blue, [3, 3], of colors in 0..1.</summary>
    public IReadOnlyList<double> Covariance => Statistics.Covariance;

    internal ColorStatistics Statistics { get; }

    /// <summary>Measures a picture in memory.</summary>
    /// <param name="picture">The picture.</param>
    /// <exception cref="ArgumentException">There is no picture.</exception>
    public static PictureColors Of(Pixels picture)
    {
        if (picture.Width < 1)
            throw new ArgumentException("There is no picture.", nameof(picture));
        Counter counter = new(picture.Width, picture.Layout);
        for (int y = 0; y < picture.Height; y++)
            counter.Add(picture.Bytes.Slice(checked(y * picture.Stride), checked(picture.Width * picture.Layout.BytesPerPixel())));
        return counter.Finish();
    }

    /// <summary>Measures a picture that is read row by row.</summary>
    /// <param name="picture">The picture; all of its rows are read.</param>
    /// <exception cref="ArgumentNullException"><paramref name="picture"/> is null.</exception>
    /// <exception cref="ArgumentException">The layout is not defined.</exception>
    /// <remarks>Exceptions of the reader pass through unchanged. <see cref="IPixelReader.Limit"/> is not called.</remarks>
    public static PictureColors Of(IPixelReader picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        Counter counter = new(picture.Width, picture.Layout);
        byte[] row = new byte[checked(picture.Width * picture.Layout.BytesPerPixel())];
        for (int y = 0; y < picture.Height; y++)
        {
            picture.ReadRows(row);
            counter.Add(row);
        }

        return counter.Finish();
    }

    // Counts the colors of rows in any layout.
    private sealed class Counter(int width, PixelLayout layout)
    {
        private const int Size = 3, Alpha = 3;

        private readonly ColorStatistics _statistics = new();
        private readonly ChannelOffsets _offsets = layout.Offsets();
        private readonly byte[] _straight = new byte[checked(width * layout.BytesPerPixel())], _rgb = new byte[checked(width * Size)];

        internal void Add(ReadOnlySpan<byte> row)
        {
            row.CopyTo(_straight);
            if (layout.IsPremultiplied())
                Premultiplied.Divide(_straight);
            int visible = 0;
            for (int x = 0; x < width; x++)
            {
                ReadOnlySpan<byte> pixel = _straight.AsSpan(x * _offsets.BytesPerPixel, _offsets.BytesPerPixel);
                if (layout.HasAlpha() && pixel[Alpha] == 0)
                    continue;
                (_rgb[visible], _rgb[visible + 1], _rgb[visible + 2]) =
                    (pixel[_offsets.Red], pixel[_offsets.Green], pixel[_offsets.Blue]);
                visible += Size;
            }

            if (visible > 0)
                _statistics.Add(_rgb.AsSpan(0, visible), visible / Size, first: 0, count: 1, visibility: null);
        }

        internal PictureColors Finish() => new(_statistics);
    }
}
