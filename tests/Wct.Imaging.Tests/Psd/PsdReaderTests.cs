using Wct.Imaging.Tests.Seeds;

namespace Wct.Imaging.Tests.Psd;

public sealed class PsdReaderTests
{
    [Theory]
    [InlineData(8, false)]
    [InlineData(8, true)]
    [InlineData(16, false)]
    [InlineData(16, true)]
    public void ChannelsBecomePixels(int bits, bool runs)
    {
        foreach (int width in new[] { 1, 2, 9, 130 })
        {
            int bytes = width * 3 * bits / 8;
            byte[][] channels = [.. Enumerable.Range(0, 3).Select(i => FileSeeds.Noise(bytes + i)[..bytes])];
            PixelImage picture = Read(PsdFile.Create(width, 3, bits, 3, channels, runs));
            Assert.Equal(PixelLayout.Rgb24, picture.Layout);
            for (int i = 0; i < width * 3; i++)
                Assert.Equal(channels.Select(channel => Level(channel, i, bits)), picture.Bytes.AsSpan(3 * i, 3).ToArray());
        }
    }

    [Fact]
    public void GrayStaysGray()
    {
        byte[] samples = FileSeeds.Noise(20);
        PixelImage picture = Read(PsdFile.Create(5, 4, 8, 1, [samples], runs: true));
        Assert.Equal(PixelLayout.Gray8, picture.Layout);
        Assert.Equal(samples, picture.Bytes);
    }

    [Fact]
    public void BlendingWithWhiteIsUndone()
    {
        // Red 200 with alpha 100 on white is 233; nothing on white is white.
        byte[][] channels = [[233, 255, 7], [155, 255, 8], [155, 255, 9], [100, 0, 255]];
        byte[] pixels = Read(PsdFile.Create(3, 1, 8, 3, channels, runs: false, layers: PsdFile.Layers(-1))).Bytes;
        Assert.Equal([199, 0, 0, 100, 255, 255, 255, 0, 7, 8, 9, 255], pixels);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("-2", true)]
    [InlineData("1", false)]
    [InlineData("Mt16", true)]
    [InlineData("Mtrn", true)]
    [InlineData("Lr16", false)]
    public void FurtherChannelsAreAlphaOnlyIfTheLayersSaySo(string layers, bool alpha)
    {
        byte[] section = layers.Length == 0 ? [0, 0, 0, 0]
            : short.TryParse(layers, out short count) ? PsdFile.Layers(count) : PsdFile.LayerBlock(layers);
        PixelImage picture = Read(PsdFile.Create(1, 1, 8, 3, [[200], [150], [100], [128]], runs: false, layers: section));
        Assert.Equal(alpha ? PixelLayout.Rgba32 : PixelLayout.Rgb24, picture.Layout);
        if (!alpha)
            Assert.Equal([200, 150, 100], picture.Bytes);
    }

    [Fact]
    public void BandsOfRowsAreReadOneChannelAfterTheOther()
    {
        const int Width = 1000, Height = 300;
        byte[][] channels = [.. Enumerable.Range(0, 3).Select(i => FileSeeds.Noise(Width * Height + i)[..(Width * Height)])];
        PixelImage picture = Read(PsdFile.Create(Width, Height, 8, 3, channels, runs: true));
        for (int i = 0; i < Width * Height; i++)
        {
            ReadOnlySpan<byte> pixel = picture.Bytes.AsSpan(3 * i, 3);
            if (pixel[0] != channels[0][i] || pixel[1] != channels[1][i] || pixel[2] != channels[2][i])
                Assert.Fail($"pixel {i}");
        }
    }

    [Fact]
    public void TheProfileIsMetadata()
    {
        byte[] profile = FileSeeds.Noise(141);
        "acsp"u8.CopyTo(profile.AsSpan(36));
        // The number of tags.
        profile.AsSpan(128, 4).Clear();
        "RGB "u8.CopyTo(profile.AsSpan(16));
        new byte[] { 0, 0, 0, 141 }.CopyTo(profile, 0);
        byte[] file = PsdFile.Create(1, 1, 8, 3, [[1], [2], [3]], runs: false, profile);
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x");
        Assert.Equal(profile, reader.Metadata.IccProfile.ToArray());
        Assert.Equal([1, 2, 3], reader.ReadAll().Bytes);
    }

    [Theory]
    [InlineData(5, 2, "x: a Photoshop file with the format of large documents (PSB); install the package Wct.Imaging.Magick to read it")]
    [InlineData(25, 4, "x: a Photoshop file with color mode 4; install the package Wct.Imaging.Magick to read it")]
    [InlineData(23, 32, "x: a Photoshop file with 32 bits per component; install the package Wct.Imaging.Magick to read it")]
    [InlineData(43, 2, "x: compression 2 of the merged picture is not supported, only 0 (none) and 1 (runs) are")]
    [InlineData(16, 0x80, "x: 2x32769 pixels; sides are 1 to 30000 pixels in Photoshop files")]
    [InlineData(17, 9, "x: truncated: 3 channels of 2x9 pixels take at least 54 bytes, 6 are there")]
    public void OtherKindsAreRefused(int at, byte value, string problem)
    {
        byte[] file = PsdFile.Create(2, 1, 8, 3, [[1, 2], [3, 4], [5, 6]], runs: false);
        file[at] = value;
        Assert.Equal(problem, Assert.Throws<ImageFormatException>(() => Read(file)).Message);
    }

    private static byte Level(byte[] channel, int i, int bits) => bits == 8 ? channel[i]
        : (byte)Math.Round(((channel[2 * i] << 8) + channel[(2 * i) + 1]) / 257.0);

    private static PixelImage Read(byte[] file) => ImageFile.Read(new MemoryStream(file), "x");
}
