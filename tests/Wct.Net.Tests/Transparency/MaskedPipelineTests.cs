using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net.Tests.Transparency;

/// <summary>Compares a level on a picture with hidden pixels with its definition: the same networks, but weights, moments and the map in
/// plain loops.</summary>
public class MaskedPipelineTests
{
    private const double Strength = 0.8;

    private static readonly WctModel Model = RandomModel.Create([8, 16, 24, 32, 20], seed: 2);

    public static TheoryData<int> Levels => [1, 2, 3, 4, 5];

    [Theory]
    [MemberData(nameof(Levels))]
    public void ALevelFollowsItsDefinition(int level)
    {
        using Backend backend = CpuBackend.Create(new CpuBackendOptions { Threads = 2 });
        using Cascade cascade = new(backend, Model);
        // Sides that are not multiples of 16, so that weights are reflected too.
        PixelImage content = Cutout.Ellipse(201, 155), painting = Cutout.Holes(167, 130, 2);
        using Tensor image = Filled(backend, content), painted = Filled(backend, painting);
        Tensor features = cascade.EncoderOf(level).Run(image, [level])[0], strokes = cascade.EncoderOf(level).Run(painted, [level])[0];
        StyleMoments style = StyleMoments.Of(level, Definition(backend, strokes, painting, level));
        AffineMap map = FeatureTransform.WhiteningColoring.Map(Definition(backend, features, content, level), style).Blend(Strength);
        using Tensor mapped = map.Apply(backend, features), result = cascade.DecoderOf(level).Run(mapped, clamp: true);
        byte[] expected = [.. content.Bytes];
        backend.StorePixels(result, expected, content.Width, content.Height, content.Stride, PixelLayout.Rgba32);
        features.Dispose();
        strokes.Dispose();

        using StyleTransfer transfer = new(Model);
        byte[] actual = transfer.Stylize(content, painting, new StylizeOptions { Levels = [level], Strength = Strength }).Bytes;
        Assert.True(expected.Distinct().Count() > 64);
        StylizeMethods.Near(expected, actual);
    }

    private static Tensor Filled(Backend backend, PixelImage image)
    {
        byte[] bytes = [.. image.Bytes];
        HiddenColors.FillAll(Visibility.Of(image)!, bytes);
        Tensor tensor = backend.Allocate(new TensorShape(3, (image.Height + 15) / 16 * 16, (image.Width + 15) / 16 * 16));
        backend.LoadPixels(bytes, image.Width, image.Height, image.Stride, PixelLayout.Rgba32, tensor);
        return tensor;
    }

    private static FeatureMoments Definition(Backend backend, Tensor features, PixelImage image, int level)
    {
        TensorShape shape = features.Shape;
        float[] x = new float[shape.Length];
        backend.Read(features, x);
        int side = 1 << (level - 1), channels = shape.Channels;
        double[] weights = new double[shape.Pixels], mean = new double[channels], covariance = new double[channels * channels];
        for (int i = 0; i < shape.Pixels; i++)
        {
            for (int k = 0; k < side * side; k++)
            {
                int row = Reflection.Index(i / shape.Width * side + k / side, image.Height),
                    column = Reflection.Index(i % shape.Width * side + k % side, image.Width);
                weights[i] += image.Bytes[row * image.Stride + column * 4 + 3] > 0 ? 1.0 / (side * side) : 0;
            }
        }

        double total = weights.Sum();
        for (int c = 0; c < channels; c++)
            mean[c] = Enumerable.Range(0, shape.Pixels).Sum(i => weights[i] * x[c * shape.Pixels + i]) / total;
        for (int i = 0; i < covariance.Length; i++)
        {
            int a = i / channels, b = i % channels;
            covariance[i] = Enumerable.Range(0, shape.Pixels)
                .Sum(p => weights[p] * (x[a * shape.Pixels + p] - mean[a]) * (x[b * shape.Pixels + p] - mean[b])) / (total - 1);
        }

        return new FeatureMoments(mean, covariance);
    }
}
