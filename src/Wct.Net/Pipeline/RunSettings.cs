using Wct.Net.Transforms;

namespace Wct.Net.Pipeline;

/// <summary>The validated options of a call.</summary>
/// <param name="levels">In the order in which they run.</param>
/// <param name="strength">α in [0, 1].</param>
/// <param name="transform">Changes the features of every level.</param>
internal sealed class RunSettings(int[] levels, double strength, FeatureTransform transform)
{
    internal int[] Levels => levels;

    internal double Strength => strength;

    internal FeatureTransform Transform => transform;
}
