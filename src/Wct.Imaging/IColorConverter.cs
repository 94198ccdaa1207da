namespace Wct.Imaging;

/// <summary>Creates conversions to sRGB.</summary>
public interface IColorConverter
{
    /// <summary>Creates the conversion for a color profile.</summary>
    /// <param name="profile">An ICC profile for RGB or gray.</param>
    /// <param name="layout">Layout of the pixels.</param>
    /// <returns>The conversion; null if the profile is that of sRGB, is for another layout or can't be used. The pixels then stay as they
    /// are, and the result keeps the profile.</returns>
    IColorTransform? Create(ReadOnlyMemory<byte> profile, PixelLayout layout);
}
