namespace Wct.Net;

/// <summary>Results in the memory that their content came from.</summary>
internal static class InPlace
{
    /// <summary>Whether every byte of the destination is that of the same pixel, or lies outside of the content.</summary>
    internal static bool IsSafe(Pixels content, ReadOnlySpan<byte> destination, int stride, PixelLayout layout) =>
        !content.Bytes.Overlaps(destination, out int offset)
        || (offset == 0 && stride == content.Stride && layout.BytesPerPixel() == content.Layout.BytesPerPixel());
}
