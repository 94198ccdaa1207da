using System.Text.RegularExpressions;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.MathNet.Tests;

/// <summary>Compares whole pictures computed with both eigensolvers.</summary>
public partial class PictureTests
{
    private const int LargestDifference = 1;

    private static readonly int[] Widths = [8, 12, 16, 24, 40];

    [Theory]
    [InlineData(48, 32, false)]
    [InlineData(1, 1, false)]
    [InlineData(1, 40, false)]
    [InlineData(400, 300, true)]
    public void BothSolversGiveTheSamePicture(int width, int height, bool inTiles)
    {
        WctModel model = RandomModel.Create(Widths, seed: 7);
        PixelImage content = Pictures.Noise(width, height, 1), style = Pictures.Noise(40, 30, 2);
        byte[] own = Paint(null), other = Paint(new MathNetEigensolver());
        int largest = own.Zip(other, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(largest <= LargestDifference, $"{width}x{height}: up to {largest} per byte apart, the limit is {LargestDifference}");
        Assert.NotEqual(content.Bytes, own);

        byte[] Paint(Kernels.LinearAlgebra.IEigensolver? eigensolver)
        {
            using StyleTransfer transfer = new(model, new LoadOptions { Device = DeviceChoice.Cpu, Eigensolver = eigensolver });
            PreparedStyle measured = transfer.PrepareStyle(style);
            return transfer.Stylize(content, measured, inTiles ? Least(transfer, content, measured) : null).Bytes;
        }
    }

    [Fact]
    public void PicturesOfOneColorWork()
    {
        PixelImage gray = new(24, 20), style = Pictures.Noise(30, 30, 3);
        Array.Fill(gray.Bytes, (byte)90);
        using StyleTransfer transfer = StyleTransfer.Load(
            new LoadOptions { Device = DeviceChoice.Cpu, Eigensolver = new MathNetEigensolver() });
        using StyleTransfer own = StyleTransfer.Load(new LoadOptions { Device = DeviceChoice.Cpu });
        foreach ((PixelImage content, PixelImage painting) in new[] { (gray, style), (style, gray) })
        {
            PixelImage expected = own.Stylize(content, painting), actual = transfer.Stylize(content, painting);
            Assert.Equal((content.Width, content.Height), (actual.Width, actual.Height));
            Assert.InRange(expected.Bytes.Zip(actual.Bytes, (a, b) => Math.Abs(a - b)).Max(), 0, LargestDifference);
            Assert.NotEqual(content.Bytes, actual.Bytes);
        }
    }

    // The least sufficient budget, which the exception for a smaller one names.
    private static StylizeOptions Least(StyleTransfer transfer, PixelImage content, PreparedStyle style)
    {
        string message =
            Assert.Throws<ArgumentException>(() => transfer.Stylize(content, style, new StylizeOptions { MaxMemory = 1 })).Message;
        return new StylizeOptions { MaxMemory = long.Parse(Number().Match(message).Groups[1].Value) };
    }

    [GeneratedRegex(@"needs (\d+) at least")]
    private static partial Regex Number();
}
