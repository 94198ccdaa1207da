namespace Wct.Imaging.Magick;

/// <summary>ImageMagick's names for the components of pixels in a layout.</summary>
internal static class PixelMappings
{
    /// <summary>The components of pixels that are given to ImageMagick.</summary>
    internal static string ToMagick(PixelLayout layout) => layout == PixelLayout.Gray8 ? "I" : FromMagick(layout);

    /// <summary>The components of pixels that are taken from ImageMagick. Those of gray pixels are equal.</summary>
    internal static string FromMagick(PixelLayout layout) => layout switch
    {
        PixelLayout.Gray8 => "R",
        PixelLayout.Rgb24 => "RGB",
        PixelLayout.Rgba32 => "RGBA",
        _ => throw new NotSupportedException($"{layout} pixels are never in files."),
    };
}
