namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>The meaning of a frame's components.</summary>
internal enum ColorModel
{
    /// <summary>Luminance only.</summary>
    Gray,

    /// <summary>Luminance and two color differences (JFIF 1.02; ITU-R BT.601 at full range).</summary>
    YCbCr,

    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Cyan, magenta, yellow, black, inverted: 255 is no ink.</summary>
    Cmyk,

    /// <summary>CMYK whose first three components went through the YCbCr transform.</summary>
    Ycck,
}

/// <summary>Chooses the color model. The frame header doesn't contain it.</summary>
internal static class ColorModels
{
    /// <summary>Chooses the color model by the rules of libjpeg, which other programs follow too.</summary>
    /// <param name="components">The frame's components: 1, 3 or 4.</param>
    /// <param name="hasJfif">Whether the file is marked as JFIF, which allows YCbCr only.</param>
    /// <param name="adobeTransform">The transform in Adobe's segment: 0 none, 1 YCbCr, 2 YCCK; null if there is no such segment.</param>
    /// <remarks>Four components are treated as inverted, whatever program wrote them, as in djpeg and ImageMagick.</remarks>
    internal static ColorModel Choose(Component[] components, bool hasJfif, int? adobeTransform) => components.Length switch
    {
        1 => ColorModel.Gray,
        4 => adobeTransform is null or 0 ? ColorModel.Cmyk : ColorModel.Ycck,
        _ when hasJfif => ColorModel.YCbCr,
        _ when adobeTransform is int transform => transform == 0 ? ColorModel.Rgb : ColorModel.YCbCr,
        _ => components[0].Id == 'R' && components[1].Id == 'G' && components[2].Id == 'B' ? ColorModel.Rgb : ColorModel.YCbCr,
    };
}
