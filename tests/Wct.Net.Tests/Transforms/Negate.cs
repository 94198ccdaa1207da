using Wct.Net.Transforms;

namespace Wct.Net.Tests.Transforms;

/// <summary>A transform of an application's own: mirrors the features at their mean.</summary>
public sealed class Negate : FeatureTransform
{
    public override AffineMap Map(FeatureMoments content, StyleMoments style) => AffineMap.Scale(-1, content.Mean);
}
