namespace Wct.Imaging.Magick;

/// <summary>Whether ImageMagick's library can be used.</summary>
internal enum LibraryState
{
    /// <summary>The package has no library for this system, or the system can't load it.</summary>
    Missing,

    /// <summary>The library is loaded, and decodes other formats too.</summary>
    Open,

    /// <summary>The library is loaded, and other formats are disabled.</summary>
    Restricted,
}
