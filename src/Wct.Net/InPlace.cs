namespace Wct.Net;

/// <summary>Checks whether a result may be written into its content's memory.</summary>
internal static class InPlace
{
    /// <summary>Whether the destination either doesn't overlap the content, or has each pixel at exactly the content's address.</summary>
    internal static bool IsSafe(Pixels content, ReadOnlySpan<byte> destination, int stride, PixelLayout layout) =>
        !content.Bytes.Overlaps(destination, out int offset)
        || (offset == 0 && stride == content.Stride && layout.BytesPerPixel() == content.Layout.BytesPerPixel());
}
