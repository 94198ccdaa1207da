namespace Wct.Cli.Optimize;

/// <summary>The defaults of <c>wct optimize</c>, chosen by looking at results.</summary>
internal static class Defaults
{
    // Of relative losses.
    internal const double StyleWeight = 100, PatchWeight = 1, ContentWeight = 1, VariationWeight = 3;

    internal const double TemporalWeight = 1000;

    internal const int Steps = 200;

    internal const int TextureSteps = 200, InversionSteps = 200;

    internal const double InversionVariationWeight = 0.001;

    /// <summary>The tap of the content as users write it.</summary>
    internal const string ContentTap = "4";

    /// <summary>The name of the tap of the content.</summary>
    internal const string ContentTapName = "relu4_1";
}
