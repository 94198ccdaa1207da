using Wct.Bindings.Native;

namespace Wct.Bindings;

/// <summary>The share that a style has in each pixel of a picture, or the share that each pixel has in a style's statistics.
/// Immutable.</summary>
public sealed class StyleMask
{
    private const int MostFeather = 4000;

    /// <summary>Copies shares from memory.</summary>
    /// <param name="shares">One byte per pixel, 0 for no share to 255 for all.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from one row to the next; 0 for rows without gaps.</param>
    /// <exception cref="ArgumentException">A side is below 1, the stride is shorter than a row, or there are too few bytes.</exception>
    public StyleMask(byte[] shares, int width, int height, int stride = 0)
    {
        if (shares is null)
            throw new ArgumentNullException(nameof(shares));
        stride = PixelRows.Check(shares.Length, width, height, stride, PixelLayout.Gray8, nameof(shares));
        (Width, Height) = (width, height);
        Shares = PixelRows.Allocate(width, height, PixelLayout.Gray8);
        for (int y = 0; y < height; y++)
            Buffer.BlockCopy(shares, y * stride, Shares, y * width, width);
    }

    private StyleMask(int reach, byte[] shares, int width, int height) =>
        (Reach, Shares, Width, Height) = (reach, shares, width, height);

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>[Height, Width]; without the feathering, which the library does.</summary>
    internal byte[] Shares { get; }

    /// <summary>The number of pixels that the ramp of a hard edge will reach to each side.</summary>
    internal int Reach { get; }

    /// <summary>Gives the pixels of one color a share of 255, and all others 0.</summary>
    /// <param name="labels">A picture in which each region has its own color. Alpha is ignored.</param>
    /// <param name="red">0 to 255.</param>
    /// <param name="green">0 to 255.</param>
    /// <param name="blue">0 to 255.</param>
    public static StyleMask OfLabel(Pixels labels, byte red, byte green, byte blue)
    {
        using PinnedPixels picture = new(labels, nameof(labels));
        byte[] shares = PixelRows.Allocate(labels.Width, labels.Height, PixelLayout.Gray8);
        uint color = ((uint)red << 16) | ((uint)green << 8) | blue;
        Failure.ThrowIf(LibWct.LabelMask(picture.Picture, color, IntPtr.Zero, shares, (UIntPtr)(uint)shares.Length));
        return new StyleMask(reach: 0, shares, labels.Width, labels.Height);
    }

    /// <summary>Softens the edges: a hard edge becomes a ramp that reaches a number of pixels to each side.</summary>
    /// <param name="pixels">0 to 4000; 0 changes nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of pixels is outside that range.</exception>
    /// <exception cref="InvalidOperationException">The edges are soft already.</exception>
    /// <remarks>Masks that add up to 1 also do so after softening.</remarks>
    public StyleMask Feather(int pixels)
    {
        if (pixels is < 0 or > MostFeather)
            throw new ArgumentOutOfRangeException(nameof(pixels), pixels, $"It must be 0 to {MostFeather}.");
        if (pixels == 0)
            return this;
        if (Reach != 0)
            throw new InvalidOperationException($"The mask's edges are already feathered by {Reach} pixels.");
        return new StyleMask(pixels, Shares, Width, Height);
    }
}
