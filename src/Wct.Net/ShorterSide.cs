namespace Wct.Net;

/// <summary>Resizes pictures to a length of their shorter side, bicubically.</summary>
public static class ShorterSide
{
    /// <summary>The size of a picture after its shorter side was resized. The other side is rounded to the nearest pixel.</summary>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="side">The new length of the shorter side in pixels, at least 1; null or the length that it has for no change.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is below 1.</exception>
    /// <exception cref="ArgumentException">The longer side would be above 2^31 - 1.</exception>
    public static (int Width, int Height) Scale(int width, int height, int? side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        int shorter = Math.Min(width, height), wanted = side ?? shorter;
        ArgumentOutOfRangeException.ThrowIfLessThan(wanted, 1, nameof(side));
        Int128 longer = ((Int128)Math.Max(width, height) * wanted * 2 + shorter) / ((Int128)shorter * 2);
        if (longer > int.MaxValue)
        {
            throw new ArgumentException(
                $"If the shorter side of {width}x{height} pixels becomes {wanted}, the longer one becomes {longer}; at most {int.MaxValue} "
                    + "are possible.",
                nameof(side));
        }

        return width <= height ? (wanted, (int)longer) : ((int)longer, wanted);
    }

    /// <summary>Resizes a picture in memory.</summary>
    /// <param name="picture">The picture; it is copied in any case. Premultiplied colors are divided by alpha.</param>
    /// <param name="side">The new length of the shorter side in pixels, at least 1.</param>
    /// <exception cref="ArgumentException">There is no picture, or the result needs more bytes than an array holds.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 1.</exception>
    public static PixelImage Resize(Pixels picture, int side)
    {
        if (picture.Width < 1)
            throw new ArgumentException("There is no picture.", nameof(picture));
        (int width, int height) = Scale(picture.Width, picture.Height, side);
        return Resizing.To(picture, width, height);
    }

    /// <summary>Resizes a picture that is read row by row.</summary>
    /// <param name="picture">The picture; all of its rows are read. Premultiplied colors are divided by alpha.</param>
    /// <param name="side">The new length of the shorter side in pixels, at least 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="picture"/> is null.</exception>
    /// <exception cref="ArgumentException">The result needs more bytes than an array holds.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 1.</exception>
    /// <remarks>Exceptions of the reader pass through unchanged. <see cref="IPixelReader.Limit"/> is not called.</remarks>
    public static PixelImage Resize(IPixelReader picture, int side)
    {
        ArgumentNullException.ThrowIfNull(picture);
        (int width, int height) = Scale(picture.Width, picture.Height, side);
        return Resizing.To(picture, width, height);
    }
}
