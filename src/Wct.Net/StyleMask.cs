using Wct.Kernels;

namespace Wct.Net;

/// <summary>The share that a style has in each pixel of a picture, or the share that each pixel has in a style's statistics.
/// Immutable.</summary>
public sealed class StyleMask
{
    private readonly byte[] _shares;

    /// <summary>Copies shares from memory.</summary>
    /// <param name="shares">One byte per pixel, 0 for no share to 255 for all.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row to the next; 0 for rows without gaps.</param>
    /// <exception cref="ArgumentException">A side is below 1, the stride is shorter than a row, or there are too few bytes.</exception>
    public StyleMask(ReadOnlySpan<byte> shares, int width, int height, int stride = 0)
        : this(Rows(shares, width, height, stride), width, height)
    {
    }

    /// <summary>Whether every share is 1, as without a mask.</summary>
    internal bool IsFull { get; }

    private StyleMask(byte[] shares, int width, int height)
    {
        (_shares, Width, Height) = (shares, width, height);
        IsFull = !shares.AsSpan().ContainsAnyExcept(byte.MaxValue);
    }

    /// <summary>Makes a mask of an array, which isn't copied and must not change afterwards.</summary>
    internal static StyleMask Owning(byte[] shares, int width, int height) => new(shares, width, height);

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>[Height, Width].</summary>
    public ReadOnlySpan<byte> Shares => _shares;

    /// <summary>Gives the pixels of one color a share of 255, and all others 0.</summary>
    /// <param name="labels">A picture in which each region has its own color. Alpha is ignored.</param>
    /// <param name="red">0 to 255.</param>
    /// <param name="green">0 to 255.</param>
    /// <param name="blue">0 to 255.</param>
    /// <exception cref="ArgumentException">There is no picture.</exception>
    public static StyleMask OfLabel(Pixels labels, byte red, byte green, byte blue)
    {
        if (labels.Width < 1)
            throw new ArgumentException("There is no picture.", nameof(labels));
        byte[] shares = new byte[checked(labels.Width * labels.Height)];
        ChannelOffsets offsets = labels.Layout.Offsets();
        int size = labels.Layout.BytesPerPixel();
        for (int y = 0; y < labels.Height; y++)
        {
            ReadOnlySpan<byte> row = labels.Bytes[checked(y * labels.Stride)..];
            for (int x = 0; x < labels.Width; x++)
            {
                ReadOnlySpan<byte> pixel = row.Slice(x * size, size);
                if (pixel[offsets.Red] == red && pixel[offsets.Green] == green && pixel[offsets.Blue] == blue)
                    shares[y * labels.Width + x] = 255;
            }
        }

        return new StyleMask(shares, labels.Width, labels.Height);
    }

    /// <summary>Reads shares from a gray picture: 0 where it is black, 255 where it is white.</summary>
    /// <param name="picture">The picture; all of its rows are read. Colors count by their luminance, and shares are multiplied by
    /// alpha.</param>
    /// <exception cref="ArgumentNullException"><paramref name="picture"/> is null.</exception>
    /// <remarks>Exceptions of the reader pass through unchanged. <see cref="IPixelReader.Limit"/> is not called.</remarks>
    public static StyleMask OfGray(IPixelReader picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return Recipes.MaskPicture.Gray(picture);
    }

    /// <summary>Softens the edges: a hard edge becomes a ramp that reaches a number of pixels to each side.</summary>
    /// <param name="pixels">0 to 4000; 0 changes nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of pixels is outside that range.</exception>
    /// <remarks>Each row and each column is averaged twice over windows of about that length, so the ramp is smooth. Masks that
    /// add up to 1 also do so after softening.</remarks>
    public StyleMask Feather(int pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pixels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pixels, Feathering.Largest);
        return pixels == 0 ? this : new StyleMask(Feathering.Run(_shares, Width, Height, pixels), Width, Height);
    }

    private static byte[] Rows(ReadOnlySpan<byte> shares, int width, int height, int stride)
    {
        stride = PixelRows.Check(shares.Length, width, height, stride, PixelLayout.Gray8, nameof(shares));
        byte[] rows = new byte[checked(width * height)];
        for (int y = 0; y < height; y++)
            shares.Slice(checked(y * stride), width).CopyTo(rows.AsSpan(y * width));
        return rows;
    }
}
