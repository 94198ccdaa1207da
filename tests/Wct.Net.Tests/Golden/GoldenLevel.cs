using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;
using Wct.Net.Pipeline;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Golden;

/// <summary>The steps of one level, each compared with its golden tensor.</summary>
internal sealed class GoldenLevel(GoldenFile golden, Backend backend, Cascade cascade, int level, double limit)
{
    internal void Encode(string which, float[] image, int[] shape)
    {
        using Tensor input = backend.Tensor(image, shape);
        using Tensor features = cascade.EncoderOf(level).Run(input, [level])[0];
        Check($"{which}_features", golden.Singles($"L{level}.{which}_features"), backend.Numbers(features));
    }

    internal void Moments(string which)
    {
        using Tensor features = Features(which);
        FeatureMoments moments = FeatureMoments.Of(backend, features);
        Check($"{which}_mean", golden.Doubles($"L{level}.{which}_mean"), moments.Mean);
        Check($"{which}_cov", golden.Doubles($"L{level}.{which}_cov"), moments.Covariance);
    }

    internal void Transform(double strength, IEigensolver? eigensolver = null)
    {
        FeatureMoments content = GoldenMoments("content", eigensolver);
        StyleMoments style = StyleMoments.Of(level, GoldenMoments("style", eigensolver));
        AffineMap map = FeatureTransform.WhiteningColoring.Map(content, style);
        long[] ranks = [content.InverseRoot.Rank, style.Root.Rank];
        Assert.True(golden.Integers($"L{level}.ranks").SequenceEqual(ranks), $"L{level}.ranks: {string.Join(", ", ranks)}");
        Check("transform", golden.Doubles($"L{level}.transform"), map.Matrix);
        using Tensor features = Features("content");
        using Tensor transformed = map.Blend(strength).Apply(backend, features);
        Check("transformed", golden.Singles($"L{level}.transformed"), backend.Numbers(transformed));
    }

    internal void Decode()
    {
        using Tensor input = backend.Tensor(golden.Singles($"L{level}.transformed"), golden.Shape($"L{level}.transformed"));
        using Tensor image = cascade.DecoderOf(level).Run(input, clamp: false);
        Check("decoded", golden.Singles($"L{level}.decoded"), backend.Numbers(image));
    }

    private FeatureMoments GoldenMoments(string which, IEigensolver? eigensolver) =>
        new(golden.Doubles($"L{level}.{which}_mean"), golden.Doubles($"L{level}.{which}_cov"), eigensolver);

    private Tensor Features(string which) =>
        backend.Tensor(golden.Singles($"L{level}.{which}_features"), golden.Shape($"L{level}.{which}_features"));

    private void Check(string name, float[] expected, float[] actual) => Accuracy.Check<float>($"L{level}.{name}", limit, expected, actual);

    private void Check(string name, double[] expected, ReadOnlySpan<double> actual) =>
        Accuracy.Check<double>($"L{level}.{name}", limit, expected, actual);
}
