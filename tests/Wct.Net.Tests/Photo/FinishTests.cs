using Wct.Kernels;
using Wct.Net.Colors;
using Wct.Net.Models;
using Wct.Net.Pipeline;

namespace Wct.Net.Tests.Photo;

/// <summary>Photo mode of whole results.</summary>
public class FinishTests
{
    private static readonly WctModel Model = RandomModel.Create([6, 8], seed: 2);

    public static TheoryData<string> Devices => ["reference", .. EveryBackend.Fast];

    // The plain result is known to half a byte only.
    [Theory]
    [MemberData(nameof(Devices))]
    public void AResultIsTheFilteredPlainResult(string device)
    {
        PixelImage content = Pictures.Textured(44, 36), painting = Pictures.Textured(40, 30, 2);
        using StyleTransfer transfer = new(Model, EveryBackend.Open(device));
        PreparedStyle style = transfer.PrepareStyle(painting);
        byte[] plain = transfer.Stylize(content, style).Bytes;
        float[] stylized = [.. Enumerable.Range(0, plain.Length).Select(i => plain[i % (44 * 36) * 3 + i / (44 * 36)] / 255f)];
        foreach (PhotoOptions photo in (PhotoOptions[])[new(), new() { Radius = 2, Epsilon = 0.01, Detail = 0.5 }, new() { Radius = 99 }])
        {
            double[] expected = PlainPhoto.Filter(content.Bytes, stylized, 44, photo.Radius ?? 4, photo.Epsilon, photo.Detail);
            byte[] actual = transfer.Stylize(content, style, new StylizeOptions { Photo = photo }).Bytes;
            for (int i = 0; i < actual.Length; i++)
                Assert.InRange(actual[i] - 255 * expected[i % 3 * 44 * 36 + i / 3], -1.51, 1.51);
        }
    }

    // A large picture is finished in bands. Each pixel has the bits that it has in one band.
    [Theory]
    [InlineData(1030, 1100, 3)]
    [InlineData(2100, 517, 40)]
    public void BandsChangeNoBit(int width, int height, int radius)
    {
        using Backend backend = EveryBackend.Open("cpu");
        PhotoOptions photo = new() { Radius = radius };
        RunSettings settings = RunSettings.Of(
            new StylizeOptions { Photo = photo, PreserveColor = ColorPreservation.Luminance with { Strength = 0.6 } }, Model);
        byte[] content = Samples.Bytes(3 * width * height, 1);
        float[] stylized = PhotoPictures.Noise(width, height, 2);
        Finish finish = Finish.Of(backend, settings, width, height)!;
        List<int> reads = [];
        Tensor Read(int first, int count)
        {
            reads.Add(count);
            float[] rows = [.. Enumerable.Range(0, 3).SelectMany(
                c => new ArraySegment<float>(stylized, (c * height + first) * width, count * width))];
            return backend.Tensor(new TensorShape(3, count, width), rows);
        }

        float[] actual = new float[stylized.Length];
        foreach ((int first, int count) in RowBands.Of(height, 16))
            finish.Content.Put(first, content.AsSpan(first * width * 3, count * width * 3));
        foreach ((int first, int count) in RowBands.Of(height, 16))
        {
            using Tensor rows = finish.Rows(first, count, Read);
            float[] numbers = backend.Numbers(rows);
            for (int c = 0; c < 3; c++)
                numbers.AsSpan(c * count * width, count * width).CopyTo(actual.AsSpan((c * height + first) * width));
        }

        // A device holds a few rows at a time.
        Assert.InRange(reads.Max(), 1, 64);
        float[] expected = PhotoPictures.Filter(photo, content, stylized, width, height);
        LuminanceColors.Apply(content, width, height, expected, width, width * height, 0.6);
        Assert.Equal(expected, actual);
    }
}
