using System.Text.Json;
using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Reference;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net.Tests.Transparency;

/// <summary>Compares weights, statistics and transform of a masked picture with PyTorch's; see masked_level.py.</summary>
public class MaskedLevelTests
{
    private static readonly Golden Expected = JsonSerializer.Deserialize<Golden>(
        File.ReadAllText(Path.Combine(Shared.Root, "tests", "Wct.Net.Tests", "Transparency", "masked_level.json")),
        new JsonSerializerOptions(JsonSerializerDefaults.Web))!;

    public static TheoryData<string> Devices => [.. (string[])["reference", .. IsaSelection.Supported.Select(isa => isa.ToString())]];

    [Fact]
    public void WeightsAreTheMaskAveragedOverSquares()
    {
        float[] weights = new float[Expected.Rows * Expected.Columns];
        Area all = new(new Interval(0, Expected.Rows), new Interval(0, Expected.Columns));
        Assert.True(Shares().Weigh(all, 1 << (Expected.Level - 1), weights));
        Assert.Equal(Expected.Weights, Array.ConvertAll(weights, weight => (double)weight));
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void StatisticsAndTransformAgree(string device)
    {
        using Backend backend = device == "reference"
            ? new ReferenceBackend() : CpuBackend.Create(new CpuBackendOptions { Isa = Enum.Parse<Isa>(device), Threads = 2 });
        TensorShape shape = new(Expected.Channels, Expected.Rows, Expected.Columns);
        using Tensor features = backend.Allocate(shape);
        backend.Write(Array.ConvertAll(Expected.Features, value => (float)value), features);
        WeightedFeatureMoments whole = new(backend, Shares(), Expected.Level, Expected.Channels);
        whole.Add(features, Region.Of(shape), Area.Of(shape));
        Check(backend, features, whole.Finish());

        // In tiles, some of which are completely hidden.
        WeightedFeatureMoments parts = new(backend, Shares(), Expected.Level, Expected.Channels);
        foreach (int y in (int[])[0, 2, 4, 6])
        {
            foreach (int x in (int[])[0, 4, 8])
                parts.Add(features, new Region(y, x, 2, 4), new Area(new Interval(y, y + 2), new Interval(x, x + 4)));
        }

        Check(backend, features, parts.Finish());
    }

    private static void Check(Backend backend, Tensor features, FeatureMoments moments)
    {
        Accuracy.Check<double>("mean", 1e-26, Expected.Mean, moments.Mean);
        Accuracy.Check<double>("covariance", 1e-24, Expected.Covariance, moments.Covariance);
        StyleMoments style = StyleMoments.Of(Expected.Level, new FeatureMoments(Expected.StyleMean, Expected.StyleCovariance));
        AffineMap map = FeatureTransform.WhiteningColoring.Map(moments, style);
        Assert.Equal(Expected.Channels - 1, moments.InverseRoot.Rank);
        Accuracy.Check<double>("transform", 1e-20, Expected.Transform, map.Matrix);
        using Tensor output = map.Blend(Expected.Alpha).Apply(backend, features);
        float[] result = new float[features.Shape.Length];
        backend.Read(output, result);
        Accuracy.Check<double>("result", 1e-12, Expected.Result, Array.ConvertAll(result, value => (double)value));
    }

    private static PixelShares Shares() => PixelShares.Of(Mask(), mask: null)!;

    private static Visibility Mask()
    {
        byte[] pixels = new byte[Expected.Width * Expected.Height * 4];
        for (int i = 0; i < pixels.Length / 4; i++)
            pixels[4 * i + 3] = Expected.Mask[i / Expected.Width][i % Expected.Width] == '#' ? (byte)(1 + i % 255) : (byte)0;
        return Visibility.Of(new PixelImage(pixels, Expected.Width, Expected.Height, 0, PixelLayout.Rgba32))!;
    }

    private sealed record Golden(
        int Level, int Width, int Height, int Channels, double Alpha, int Rows, int Columns, string[] Mask, double[] Weights,
        double[] Features,
        double[] StyleMean, double[] StyleCovariance, double[] Mean, double[] Covariance, double[] Transform, double[] Result);
}
