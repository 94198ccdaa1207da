namespace Wct.Imaging;

/// <summary>Converts the colors of pictures to sRGB while they are read. Needs a converter, such as that of the package
/// Wct.Imaging.Magick.</summary>
/// <remarks>Thread-safe.</remarks>
public static class ColorConversion
{
    private static volatile IColorConverter? _converter;

    /// <summary>The registered converter; null if there is none.</summary>
    public static IColorConverter? Converter => _converter;

    /// <summary>Registers a converter for the whole process. It replaces the one before.</summary>
    /// <param name="converter">The converter; null for none, so that samples are read as they are.</param>
    public static void Register(IColorConverter? converter) => _converter = converter;

    /// <summary>Whether files that are read with these options are converted.</summary>
    internal static bool IsOn(ImageReadOptions options) => options.ConvertColors && _converter is not null;

    /// <summary>Wraps a reader whose colors must be converted; returns others as they are.</summary>
    internal static ImageReader Apply(ImageReader reader, ImageReadOptions options)
    {
        if (!IsOn(options) || reader.ColorProfile.IsEmpty)
            return reader;
        IColorTransform? transform = _converter?.Create(reader.ColorProfile, reader.Layout);
        return transform is null ? reader : new ConvertedReader(reader, transform);
    }
}
