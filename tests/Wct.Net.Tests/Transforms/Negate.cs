using Wct.Net.Transforms;

namespace Wct.Net.Tests.Transforms;

/// <summary>A custom transform that mirrors the features at their mean.</summary>
public sealed class Negate : FeatureTransform
{
    public override AffineMap Map(FeatureMoments content, StyleMoments style) => AffineMap.Scale(-1, content.Mean);
}
