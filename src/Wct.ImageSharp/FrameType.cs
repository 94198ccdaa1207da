using SixLabors.ImageSharp.PixelFormats;

namespace Wct.ImageSharp;

/// <summary>The library's layouts for a pixel type.</summary>
internal static class FrameType<TPixel>
    where TPixel : unmanaged, IPixel<TPixel>
{
    /// <summary>The layout of the memory itself; null if the library has none.</summary>
    internal static PixelLayout? Direct { get; } =
        typeof(TPixel) == typeof(Rgb24) ? PixelLayout.Rgb24
        : typeof(TPixel) == typeof(Bgr24) ? PixelLayout.Bgr24
        : typeof(TPixel) == typeof(Rgba32) ? PixelLayout.Rgba32
        : typeof(TPixel) == typeof(Bgra32) ? PixelLayout.Bgra32
        : typeof(TPixel) == typeof(L8) ? PixelLayout.Gray8
        : null;

    /// <summary>The layout to which rows are converted: RGB for types without alpha, otherwise RGBA.</summary>
    internal static PixelLayout Layout { get; } =
        PixelOperations<TPixel>.Instance.GetPixelTypeInfo().AlphaRepresentation == PixelAlphaRepresentation.None
            ? PixelLayout.Rgb24
            : PixelLayout.Rgba32;

    /// <summary>Checks that the type has colors.</summary>
    /// <param name="kind">What the message calls the image.</param>
    /// <param name="name">The parameter that has the image.</param>
    /// <exception cref="ArgumentException">It has only alpha.</exception>
    internal static void CheckColors(string kind, string name)
    {
        if (typeof(TPixel) == typeof(A8))
            throw new ArgumentException($"The {kind}'s pixel type is {nameof(A8)}, which has alpha but no colors.", name);
    }
}
