using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Tests.Transforms;
using Wct.Net.Tests.Transparency;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Mixing;

/// <summary>Several styles that become one.</summary>
public class MixingTests
{
    private static readonly WctModel Model = RandomModel.Create([6, 8, 10], seed: 2);

    private static readonly PixelImage Content = Pictures.Textured(44, 36), Painting = Pictures.Textured(40, 30, 2),
        Other = Pictures.Textured(33, 40, 5);

    public static TheoryData<string> Devices => [.. EveryBackend.Names];

    public static TheoryData<string> Transforms => [.. FeatureTransform.All.Select(transform => transform.Name!)];

    [Theory]
    [MemberData(nameof(Transforms))]
    public void AStyleWithAllTheWeightGivesItsBytes(string name)
    {
        using StyleTransfer transfer = new(Model);
        StylizeOptions options = new() { Transform = FeatureTransform.Named(name) };
        PreparedStyle style = transfer.PrepareStyle(Painting, options), other = transfer.PrepareStyle(Other, options);
        byte[] expected = transfer.Stylize(Content, style, options).Bytes;
        byte[] Mixed(StyleMixing mixing, params (PreparedStyle, double)[] styles) =>
            transfer.Stylize(Content, PreparedStyle.Mix(styles, mixing), options).Bytes;
        Assert.Equal(expected, Mixed(StyleMixing.Features, (style, 1), (other, 0)));
        Assert.Equal(expected, Mixed(StyleMixing.Features, (other, 0), (style, 0.3)));
        Assert.Equal(expected, Mixed(StyleMixing.Covariance, (style, 7)));
        Assert.Equal(expected, Mixed(StyleMixing.Covariance, (style, 7), (other, 0)));
        if (name != "whiten")
            Assert.NotEqual(expected, Mixed(StyleMixing.Features, (style, 1), (other, 1)));
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void OnlyTheRatioOfWeightsCounts(string name)
    {
        using StyleTransfer transfer = new(Model);
        StylizeOptions options = new() { Transform = FeatureTransform.Named(name) };
        PreparedStyle style = transfer.PrepareStyle(Painting, options), other = transfer.PrepareStyle(Other, options);
        foreach (StyleMixing mixing in Enum.GetValues<StyleMixing>())
        {
            if (mixing == StyleMixing.Covariance && options.Transform.UsesFeatures)
                continue;
            byte[] Mixed(double first, double second) =>
                transfer.Stylize(Content, PreparedStyle.Mix([(style, first), (other, second)], mixing), options).Bytes;
            Assert.Equal(Mixed(0.5, 0.5), Mixed(2, 2));
            Assert.Equal(Mixed(0.25, 0.75), Mixed(3, 9));
        }
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void AStyleMixedWithItselfIsTheStyle(string name)
    {
        using StyleTransfer transfer = new(Model);
        StylizeOptions options = new() { Transform = FeatureTransform.Named(name), Levels = [3] };
        PreparedStyle style = transfer.PrepareStyle(Painting, options);
        byte[] expected = transfer.Stylize(Content, style, options).Bytes;
        StylizeMethods.Near(expected, transfer.Stylize(Content, PreparedStyle.Mix([(style, 1), (style, 2)]), options).Bytes);
        if (options.Transform.UsesFeatures)
            return;
        PreparedStyle mixed = PreparedStyle.Mix([(style, 1), (style, 2)], StyleMixing.Covariance);
        Accuracy.Check("mean", 1e-28, style.Moments[3].Mean, mixed.Moments[3].Mean);
        double[] covariance = style.Moments[3].Covariance.ToArray();
        for (int i = 0; i < covariance.Length; i += 11)
            covariance[i] += 1e-5;
        Accuracy.Check<double>("covariance", 1e-20, covariance, mixed.Moments[3].Covariance);
        StylizeMethods.Near(expected, transfer.Stylize(Content, mixed, options).Bytes);
    }

    // The features of each style's picture are averaged.
    [Theory]
    [MemberData(nameof(Devices))]
    public void TransformedFeaturesAreAveraged(string device)
    {
        const int Level = 2;
        using Backend backend = EveryBackend.Open(device);
        using StyleTransfer transfer = new(Model, backend, ownsBackend: false);
        using Net.Pipeline.Cascade cascade = new(backend, Model);
        PixelImage content = Pictures.Textured(32, 16);
        using Tensor image = backend.Allocate(new TensorShape(3, 16, 32));
        backend.LoadPixels(content.Bytes, 32, 16, content.Stride, content.Layout, image);
        using Tensor features = cascade.EncoderOf(Level).Run(image, [Level])[0];
        float[] x = backend.Numbers(features);
        FeatureMoments moments = PlainMoments.Of(x, features.Shape.Channels);
        foreach (FeatureTransform transform in (FeatureTransform[])[FeatureTransform.AdaIn, FeatureTransform.StyleSwap])
        {
            StylizeOptions options = new() { Levels = [Level], Strength = 0.9, Transform = transform };
            PreparedStyle style = transfer.PrepareStyle(Painting, options), other = transfer.PrepareStyle(Other, options);
            float[] first = Apply(backend, features, transform, moments, style.Moments[Level]),
                second = Apply(backend, features, transform, moments, other.Moments[Level]);
            float[] mixed = [.. x.Select((value, i) => (float)(0.9 * (0.75 * first[i] + 0.25 * second[i]) + 0.1 * value))];
            using Tensor result = backend.Tensor(features.Shape, mixed), decoded = cascade.DecoderOf(Level).Run(result, clamp: true);
            byte[] expected = new byte[content.Bytes.Length];
            backend.StorePixels(decoded, expected, 32, 16, content.Stride, content.Layout);
            StylizeMethods.Near(expected, transfer.Stylize(content, PreparedStyle.Mix([(style, 3), (other, 1)]), options).Bytes);
        }
    }

    [Fact]
    public void MixturesOfMixturesMultiplyTheirWeights()
    {
        using StyleTransfer transfer = new(Model);
        PreparedStyle a = transfer.PrepareStyle(Painting), b = transfer.PrepareStyle(Other), c = transfer.PrepareStyle(Content);
        PreparedStyle nested = PreparedStyle.Mix([(PreparedStyle.Mix([(a, 1), (b, 3)]), 1), (c, 1)]);
        Assert.Equal([0.125, 0.375, 0.5], nested.Parts.Select(part => part.Weight));
        Assert.Equal(
            transfer.Stylize(Content, PreparedStyle.Mix([(a, 1), (b, 3), (c, 4)])).Bytes, transfer.Stylize(Content, nested).Bytes);
    }

    [Fact]
    public void AMixtureHasTheLevelsOfAllItsStyles()
    {
        using StyleTransfer transfer = new(Model);
        PreparedStyle first = transfer.PrepareStyle(Painting, new StylizeOptions { Levels = [3, 2] }),
            second = transfer.PrepareStyle(Other, new StylizeOptions { Levels = [2, 1] }),
            third = transfer.PrepareStyle(Other, new StylizeOptions { Levels = [1] });
        foreach (StyleMixing mixing in Enum.GetValues<StyleMixing>())
        {
            PreparedStyle mixed = PreparedStyle.Mix([(first, 1), (second, 1)], mixing);
            Assert.Equal([2], mixed.Levels);
            transfer.Stylize(Content, mixed, new StylizeOptions { Levels = [2] });
        }

        Assert.Contains("no level in common", Assert.Throws<ArgumentException>(() => PreparedStyle.Mix([(first, 1), (third, 1)])).Message);
    }

    private static float[] Apply(Backend backend, Tensor features, FeatureTransform transform, FeatureMoments content, StyleMoments style)
    {
        using LocalMap? local = transform.Local(content, features.Shape, style);
        using Tensor result = local?.Apply(backend, features, default) ?? transform.Map(content, style).Apply(backend, features);
        return backend.Numbers(result);
    }
}
