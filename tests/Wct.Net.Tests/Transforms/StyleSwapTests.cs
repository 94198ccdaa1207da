using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Tests.Transparency;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Transforms;

/// <summary>Style swap gives what a search over all patches in plain loops gives.</summary>
public class StyleSwapTests
{
    // Sides of content and style. 17x15 has 195 patches, more than are compared at a time.
    private static readonly (int Height, int Width, int StyleHeight, int StyleWidth)[] Sizes =
        [(9, 8, 17, 15), (3, 3, 6, 5), (3, 7, 4, 8), (7, 3, 3, 3), (4, 21, 3, 9)];

    public static TheoryData<string> Devices => [.. EveryBackend.Names];

    public static TheoryData<string> PictureDevices => ["reference", .. EveryBackend.Fast];

    [Theory]
    [MemberData(nameof(Devices))]
    public void EachPatchBecomesTheMostSimilarOne(string device)
    {
        using Backend backend = EveryBackend.Open(device);
        foreach ((int height, int width, int styleHeight, int styleWidth) in Sizes)
        {
            foreach (int channels in (int[])[5, 20])
            {
                TensorShape shape = new(channels, height, width);
                float[] painting = Numbers(new TensorShape(channels, styleHeight, styleWidth), 2);
                StyleMoments style = Style(painting, channels, styleHeight, styleWidth);
                foreach (bool whitens in (bool[])[true, false])
                    CheckOne(backend, Numbers(shape, 1), shape, style, whitens);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void PatchesThatDontBelongToTheStyleAreNotUsed(string device)
    {
        const int Channels = 6, Height = 12, Width = 14;
        using Backend backend = EveryBackend.Open(device);
        TensorShape shape = new(Channels, 6, 7);
        float[] features = Numbers(new TensorShape(Channels, Height, Width), 2);
        float[][] choices =
        [
            [.. Enumerable.Range(0, Height * Width).Select(i => i % Width < 8 ? 0f : 1f)],
            [.. Enumerable.Range(0, Height * Width).Select(i => i / Width is > 3 and < 9 ? 1f : 0.25f)],
            // No patch has half of its pixels in the style, so the one with most of them is used everywhere.
            [.. Enumerable.Range(0, Height * Width).Select(i => i is 3 * Width + 5 or 4 * Width + 6 ? 1f : 0f)],
        ];
        foreach (float[] shares in choices)
        {
            foreach (bool whitens in (bool[])[true, false])
                CheckOne(backend, Numbers(shape, 1), shape, Style(features, Channels, Height, Width, shares), whitens);
        }
    }

    // A patch and its double have the same score, but give different values.
    [Theory]
    [MemberData(nameof(Devices))]
    public void OfEquallySimilarPatchesTheFirstIsUsed(string device)
    {
        const int Channels = 4, Half = 6, Width = 20;
        using Backend backend = EveryBackend.Open(device);
        TensorShape shape = new(Channels, 7, 9);
        foreach (float first in (float[])[1, 2])
        {
            float[] once = Numbers(new TensorShape(Channels, Half, Width), 2), twice = new float[2 * once.Length];
            for (int c = 0; c < Channels; c++)
            {
                for (int i = 0; i < Half * Width; i++)
                {
                    twice[c * 2 * Half * Width + i] = first * once[c * Half * Width + i];
                    twice[(c * 2 + 1) * Half * Width + i] = (3 - first) * once[c * Half * Width + i];
                }
            }

            CheckOne(backend, Numbers(shape, 1), shape, Style(twice, Channels, 2 * Half, Width), whitens: false);
        }
    }

    // A style's own patches are the most similar ones to themselves.
    [Theory]
    [MemberData(nameof(Devices))]
    public void AStyleIsUnchangedByItself(string device)
    {
        TensorShape shape = new(7, 11, 9);
        float[] features = Numbers(shape, 3);
        using Backend backend = EveryBackend.Open(device);
        using Tensor content = backend.Tensor(shape, features);
        foreach (FeatureTransform transform in (FeatureTransform[])[FeatureTransform.StyleSwap, FeatureTransform.RawStyleSwap])
        {
            using LocalMap map = transform.Local(PlainMoments.Of(features, 7), shape, Style(features, 7, 11, 9))!;
            using Tensor result = map.Apply(backend, content, default);
            Accuracy.Check<float>($"{transform.Name} on {device}", 1e-10, features, backend.Numbers(result));
        }
    }

    [Theory]
    [InlineData(2, 9, 5, 5)]
    [InlineData(9, 2, 5, 5)]
    [InlineData(1, 1, 5, 5)]
    [InlineData(5, 5, 2, 40)]
    [InlineData(5, 5, 40, 1)]
    public void MapsWithoutPatchesAreWhitenedAndColored(int height, int width, int styleHeight, int styleWidth)
    {
        TensorShape shape = new(4, height, width);
        FeatureMoments content = PlainMoments.Of(Numbers(shape, 1), 4);
        StyleMoments style = Style(Numbers(new TensorShape(4, styleHeight, styleWidth), 2), 4, styleHeight, styleWidth);
        foreach (FeatureTransform transform in (FeatureTransform[])[FeatureTransform.StyleSwap, FeatureTransform.RawStyleSwap])
        {
            Assert.Null(transform.Local(content, shape, style));
            AffineMap expected = FeatureTransform.WhiteningColoring.Map(content, style), actual = transform.Map(content, style);
            Assert.Equal(expected.Matrix, actual.Matrix);
            Assert.Equal(expected.Offset, actual.Offset);
        }
    }

    [Theory]
    [MemberData(nameof(PictureDevices))]
    public void PicturesWithoutPatchesAreThoseOfWhiteningAndColoring(string device)
    {
        using StyleTransfer transfer = new(RandomModel.Create([4, 6, 8, 8, 8], seed: 3), EveryBackend.Open(device));
        StylizeOptions options = new() { Levels = [5] };
        foreach ((PixelImage photo, PixelImage painting) in ((PixelImage, PixelImage)[])
            [(Pictures.Textured(32, 64), Pictures.Textured(64, 64, 2)), (Pictures.Textured(64, 64), Pictures.Textured(30, 70, 2))])
        {
            byte[] expected = transfer.Stylize(photo, painting, options).Bytes;
            Assert.Equal(expected, transfer.Stylize(photo, painting, options with { Transform = FeatureTransform.StyleSwap }).Bytes);
            Assert.Equal(expected, transfer.Stylize(photo, painting, options with { Transform = FeatureTransform.RawStyleSwap }).Bytes);
        }
    }

    // The same networks, but moments and the search in plain loops. The style has hidden pixels and a mask.
    [Theory]
    [MemberData(nameof(PictureDevices))]
    public void ALevelFollowsItsDefinition(string device)
    {
        const int Level = 2;
        WctModel model = RandomModel.Create([8, 12], seed: 6);
        PixelImage photo = Pictures.Textured(32, 16), painting = Cutout.Holes(40, 32, 2);
        StyleMask mask = new([.. Enumerable.Range(0, 40 * 32).Select(i => (byte)(i % 40 < 20 ? 255 : 2 * (i % 40)))], 40, 32);
        using Backend backend = EveryBackend.Open(device);
        using StyleTransfer transfer = new(model, backend, ownsBackend: false);
        using Cascade cascade = new(backend, model);
        using Tensor image = backend.Allocate(new TensorShape(3, 16, 32));
        backend.LoadPixels(photo.Bytes, 32, 16, photo.Stride, photo.Layout, image);
        using Tensor features = cascade.EncoderOf(Level).Run(image, [Level])[0];
        float[] content = backend.Numbers(features);
        foreach (bool whitens in (bool[])[true, false])
        {
            StylizeOptions options = new() { Levels = [Level], Transform = Swap(whitens), Strength = 1 };
            PreparedStyle style = transfer.PrepareStyle(painting, mask, null, options);
            Assert.Equal(16 * 24, style.Moments[Level].Features!.Shares.Length);
            FeatureMoments moments = PlainMoments.Of(content, features.Shape.Channels);
            using LocalMap map = Swap(whitens).Local(moments, features.Shape, style.Moments[Level])!;
            using Tensor swapped = map.Apply(backend, features, default);
            new PlainSwap(content, features.Shape, moments, style.Moments[Level], whitens).Check(device, backend.Numbers(swapped));

            using Tensor decoded = cascade.DecoderOf(Level).Run(swapped, clamp: true);
            byte[] expected = new byte[photo.Bytes.Length];
            backend.StorePixels(decoded, expected, 32, 16, photo.Stride, photo.Layout);
            StylizeMethods.Near(expected, transfer.Stylize(photo, style, options).Bytes);
        }
    }

    [Fact]
    public void DifferentChannelCountsAreNamed()
    {
        StyleMoments style = Style(Numbers(new TensorShape(2, 4, 4), 2), 2, 4, 4);
        FeatureMoments content = new(new double[3], new double[9]);
        Assert.Contains("The content has 3 channels, the style 2.", Assert.Throws<ArgumentException>(
            () => FeatureTransform.StyleSwap.Local(content, new TensorShape(3, 5, 5), style)).Message);
    }

    private static void CheckOne(Backend backend, float[] content, TensorShape shape, StyleMoments style, bool whitens)
    {
        FeatureMoments moments = PlainMoments.Of(content, shape.Channels);
        using Tensor features = backend.Tensor(shape, content);
        using LocalMap map = Swap(whitens).Local(moments, shape, style)!;
        using Tensor result = map.Apply(backend, features, default);
        PlainSwap expected = new(content, shape, moments, style, whitens);
        expected.Check($"{Swap(whitens).Name} of {shape} on {backend.Name}", backend.Numbers(result));
        Assert.Equal(0, expected.Ambiguous);
        // The input is kept.
        Assert.Equal(content, backend.Numbers(features));
    }

    private static FeatureTransform Swap(bool whitens) => whitens ? FeatureTransform.StyleSwap : FeatureTransform.RawStyleSwap;

    private static StyleMoments Style(float[] features, int channels, int height, int width, float[]? shares = null)
    {
        FeatureMoments moments = PlainMoments.Of(features, channels, shares ?? []);
        return StyleMoments.Of(3, moments, new StyleFeatures(channels, height, width, features, shares ?? []));
    }

    // Like features after ReLU: many are zero, and channels have different variances.
    private static float[] Numbers(TensorShape shape, int seed) =>
        [.. Samples.Numbers(shape.Length, seed).Select((value, i) => Math.Max(0, value + 0.4f) * (1 + i / shape.Pixels % 5))];
}
