using Wct.Kernels;
using Wct.Net;

namespace Wct.Cli.Stylize;

/// <summary>The options of <c>wct stylize</c>, validated as far as possible without opening files.</summary>
internal sealed record StylizeRequest
{
    /// <summary>The photo's file, or a folder or pattern for several photos.</summary>
    internal required string Content { get; init; }

    /// <summary>The painting's file, or a folder or pattern for several paintings.</summary>
    internal required string Style { get; init; }

    /// <summary>The model's file or folder; null for the built-in one.</summary>
    internal string? Weights { get; init; }

    /// <summary>The result's file; null for the default name. The folder of the results if there are several pictures.</summary>
    internal string? Output { get; init; }

    /// <summary>Whether one of the pictures is a folder or a pattern.</summary>
    internal bool IsMany { get; init; }

    /// <summary>Whether a result may replace an input.</summary>
    internal bool Force { get; init; }

    /// <summary>α in 0..1.</summary>
    internal double Strength { get; init; }

    /// <summary>Levels in the order in which they run; null for all levels of the model, deepest first.</summary>
    internal int[]? Levels { get; init; }

    /// <summary>Length in pixels to which to resize the content's shorter side; 0 keeps the size.</summary>
    internal int ContentSide { get; init; }

    /// <summary>Length in pixels to which to resize the style's shorter side; 0 keeps the size.</summary>
    internal int StyleSide { get; init; }

    /// <summary>The device to compute on.</summary>
    internal DeviceChoice Device { get; init; }

    /// <summary>Lowest precision that convolutions may use.</summary>
    internal ConvolutionPrecision Precision { get; init; }

    /// <summary>A value of <see cref="EigensolverChoice"/>.</summary>
    internal string Eigensolver { get; init; } = EigensolverChoice.BuiltIn;

    /// <summary>Number of threads; 0 for one per processor.</summary>
    internal int Threads { get; init; }

    /// <summary>JPEG quality in 1..100.</summary>
    internal int JpegQuality { get; init; }

    /// <summary>Maximum number of pixels of a picture, before and after resizing.</summary>
    internal long MaxPixels { get; init; }

    /// <summary>Memory budget of the process in bytes; null for the library's default.</summary>
    internal long? MaxMemory { get; init; }

    /// <summary>Whether to refuse damaged pictures that could be read with a warning.</summary>
    internal bool Strict { get; init; }

    /// <summary>Whether to leave the content's Exif data and color profile out of the result.</summary>
    internal bool StripMetadata { get; init; }

    /// <summary>Whether to print only errors.</summary>
    internal bool Quiet { get; init; }
}
