namespace Wct.Imaging.Tga;

/// <summary>The meaning of the bits of alpha.</summary>
internal enum TgaAlpha
{
    /// <summary>They mean nothing.</summary>
    None,

    /// <summary>Opacity; colors aren't multiplied with it.</summary>
    Straight,

    /// <summary>Opacity; colors are multiplied with it.</summary>
    Premultiplied,
}
