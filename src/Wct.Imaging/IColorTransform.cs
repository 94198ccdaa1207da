namespace Wct.Imaging;

/// <summary>Converts the colors of pixels to sRGB.</summary>
public interface IColorTransform : IDisposable
{
    /// <summary>Converts pixels in place. Alpha stays as it is.</summary>
    /// <param name="pixels">A whole number of pixels in the layout for which the conversion was created.</param>
    void Apply(Span<byte> pixels);
}
