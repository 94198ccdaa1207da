namespace Wct.Net.Transparency;

/// <summary>Prepares pixels for the networks: divides premultiplied colors, and gives hidden pixels colors of their surroundings.</summary>
internal static class StraightPixels
{
    private const int BytesPerPixel = 4;

    /// <summary>A picture's own bytes if they need no change, otherwise a changed copy.</summary>
    /// <param name="pixels">The picture.</param>
    /// <param name="visibility">Null if all pixels are visible.</param>
    /// <param name="stride">Bytes from one row of the result to the next.</param>
    internal static ReadOnlySpan<byte> Of(Pixels pixels, Visibility? visibility, out int stride)
    {
        stride = pixels.Stride;
        if (visibility is null && !pixels.Layout.IsPremultiplied())
            return pixels.Bytes;
        byte[] copy = [];
        ReadOnlySpan<byte> rows = Rows(pixels.Bytes, pixels.Width, pixels.Height, pixels.Layout, ref stride, ref copy, always: true);
        if (visibility is not null)
            HiddenColors.FillAll(visibility, copy);
        return rows;
    }

    /// <summary>Some rows with straight alpha: their own bytes if they need no change, otherwise a copy without gaps.</summary>
    /// <param name="rows">The rows, <paramref name="stride"/> bytes apart.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="layout">Layout of a pixel; it has four bytes if <paramref name="always"/> is true.</param>
    /// <param name="stride">Bytes from one row to the next; set to the result's stride.</param>
    /// <param name="copy">Memory for the copy; replaced if it is too short.</param>
    /// <param name="always">Whether to copy the bytes even if they need no change.</param>
    internal static ReadOnlySpan<byte> Rows(
        ReadOnlySpan<byte> rows, int width, int count, PixelLayout layout, scoped ref int stride, scoped ref byte[] copy,
        bool always = false)
    {
        if (!always && !layout.IsPremultiplied())
            return rows;
        int row = width * BytesPerPixel, length = checked(count * row);
        if (copy.Length < length)
            copy = new byte[length];
        for (int y = 0; y < count; y++)
            rows.Slice(checked(y * stride), row).CopyTo(copy.AsSpan(y * row, row));
        stride = row;
        if (layout.IsPremultiplied())
            Premultiplied.Divide(copy.AsSpan(0, length));
        return copy.AsSpan(0, length);
    }
}
