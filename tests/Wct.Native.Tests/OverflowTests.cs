using Wct.Net;
using Wct.Net.Models;

namespace Wct.Native.Tests;

/// <summary>Tests that overflowing features give an error status and leave the result's memory unchanged.</summary>
public sealed unsafe class OverflowTests
{
    [Fact]
    public void WeightsThatOverflowAreAFormatError()
    {
        Published.Need();
        using TemporaryFolder folder = new();
        LevelModel level = RandomModel.Create([4, 5], seed: 3).Levels.First(candidate => candidate.Level == 2);
        ConvolutionWeights[] large = [.. level.Decoder.Convolutions.Select(layer => new ConvolutionWeights(
            layer.Name, layer.OutChannels, layer.InChannels, layer.KernelSize,
            Array.ConvertAll(layer.Weights.ToArray(), weight => weight * 1e25f), layer.Bias.ToArray()))];
        string path = folder.File("large.safetensors");
        new WctModel([new LevelModel(2, level.Encoder, new DecoderWeights(2, large, lastRelu: false))]).Save(path);
        using NativeModel model = new(path);
        PixelImage photo = Pictures.Textured(33, 20), painting = Pictures.Textured(25, 31, 2);
        nint style = model.Prepare(painting);
        byte[] result = new byte[photo.Bytes.Length];
        fixed (byte* pixels = photo.Bytes, output = result)
        {
            Libwct.Picture picture = NativeModel.Describe(photo, pixels);
            Libwct.Target target = new() { Pixels = output, Bytes = (nuint)result.Length, Format = 0 };
            Assert.Equal(WctStatus.WCT_FORMAT_ERROR, Libwct.Stylize(model.Handle, &picture, style, null, &target));
        }

        Assert.Contains("overflow", Libwct.LastError, StringComparison.Ordinal);
        Assert.All(result, value => Assert.Equal(0, value));
        NativeModel.Check(Libwct.FreeStyle(style));
    }
}
