using Wct.Kernels;
using Wct.Net;

namespace Wct.Cli.Stylize;

/// <summary>What the user asked for, checked as far as it can be without opening files.</summary>
internal sealed record StylizeRequest
{
    /// <summary>The photo's file; a folder or a pattern where there are many.</summary>
    internal required string Content { get; init; }

    /// <summary>The painting's file; a folder or a pattern where there are many.</summary>
    internal required string Style { get; init; }

    /// <summary>The model's file or folder; null for the built-in one.</summary>
    internal string? Weights { get; init; }

    /// <summary>The result's file, null for a name after the two pictures'; where there are many, the results' folder.</summary>
    internal string? Output { get; init; }

    /// <summary>Whether one of the pictures is a folder or a pattern.</summary>
    internal bool IsMany { get; init; }

    /// <summary>Whether a result may replace an input.</summary>
    internal bool Force { get; init; }

    /// <summary>α in 0..1.</summary>
    internal double Strength { get; init; }

    /// <summary>Levels in the order in which they run; null for all of the model, deepest first.</summary>
    internal int[]? Levels { get; init; }

    /// <summary>Pixels that the content's shorter side is resized to; 0 leaves it.</summary>
    internal int ContentSide { get; init; }

    /// <summary>Pixels that the style's shorter side is resized to; 0 leaves it.</summary>
    internal int StyleSide { get; init; }

    /// <summary>What computes.</summary>
    internal DeviceChoice Device { get; init; }

    /// <summary>What convolutions may compute in.</summary>
    internal ConvolutionPrecision Precision { get; init; }

    /// <summary>A word of <see cref="EigensolverChoice"/>.</summary>
    internal string Eigensolver { get; init; } = EigensolverChoice.BuiltIn;

    /// <summary>0 for one per processor.</summary>
    internal int Threads { get; init; }

    /// <summary>1..100.</summary>
    internal int JpegQuality { get; init; }

    /// <summary>The most pixels that a picture may have, before and after resizing.</summary>
    internal long MaxPixels { get; init; }

    /// <summary>Bytes that the process may take; null for the library's own measure.</summary>
    internal long? MaxMemory { get; init; }

    /// <summary>Whether damaged pictures are refused that could be read with a warning.</summary>
    internal bool Strict { get; init; }

    /// <summary>Whether the content's Exif data and color profile stay out of the result.</summary>
    internal bool StripMetadata { get; init; }

    /// <summary>Whether only errors are printed.</summary>
    internal bool Quiet { get; init; }
}
