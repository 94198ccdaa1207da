namespace Wct.Net.Models;

/// <summary>What a feed-forward network makes.</summary>
public enum StyleNetworkKind
{
    /// <summary>A picture in a style, from a photo.</summary>
    Style,

    /// <summary>A larger picture, from a photo.</summary>
    Upscale,

    /// <summary>A texture, from noise.</summary>
    Texture,
}
