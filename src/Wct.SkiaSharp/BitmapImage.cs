using SkiaSharp;

namespace Wct.SkiaSharp;

/// <summary>Turns results into images.</summary>
internal static class BitmapImage
{
    /// <summary>Makes an image that takes over the bitmap's memory, and disposes of the bitmap.</summary>
    internal static SKImage ToImage(this SKBitmap bitmap)
    {
        using (bitmap)
        {
            // Images share the memory of immutable bitmaps and copy all others.
            bitmap.SetImmutable();
            return SKImage.FromBitmap(bitmap);
        }
    }
}
