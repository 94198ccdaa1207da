using Wct.Cli.Stylize;

namespace Wct.Cli.Networks;

/// <summary>The options of <c>wct apply</c>.</summary>
/// <param name="Common">Files, limits, and what computes; the photo is empty for a texture.</param>
/// <param name="Network">The network's file.</param>
internal sealed record ApplyRequest(StylizeRequest Common, string Network)
{
    /// <summary>The value of --style; null for the first style.</summary>
    internal string? Styles { get; init; }

    /// <summary>The texture's size; null for the default.</summary>
    internal (int Width, int Height)? Size { get; init; }

    /// <summary>The name of an option of the noise that is given; null if none is.</summary>
    internal string? NoiseOption { get; init; }

    /// <summary>Chooses the noise.</summary>
    internal ulong Seed { get; init; }

    /// <summary>Multiplies the noise.</summary>
    internal double NoiseScale { get; init; } = 1;
}
