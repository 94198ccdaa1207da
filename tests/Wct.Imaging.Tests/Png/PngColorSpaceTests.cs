using Wct.Imaging.Png;

namespace Wct.Imaging.Tests.Png;

/// <summary>The colors of a PNG file become the color profile of its metadata, so that a copy looks the same.</summary>
public sealed class PngColorSpaceTests
{
    private static readonly byte[] Linear = [0, 1, 0x86, 0xA0], Usual = [0, 0, 0xB1, 0x8F];
    private static readonly byte[] DisplayP3 = [12, 13, 0, 1], Srgb = [1, 13, 0, 1], HighDynamicRange = [9, 16, 0, 1];

    [Theory]
    [InlineData(0, "GRAY")]
    [InlineData(2, "RGB ")]
    [InlineData(3, "RGB ")]
    [InlineData(6, "RGB ")]
    public void AnotherGammaBecomesAProfile(int colorType, string space)
    {
        byte[] profile = Profile(("gAMA", Linear), colorType: colorType);
        Assert.Equal(space, System.Text.Encoding.ASCII.GetString(profile, 16, 4));
        // It is carried from file to file.
        PixelImage picture = TestPictures.Make(3, 2, colorType == 0 ? PixelLayout.Gray8 : PixelLayout.Rgb24, 1, noisy: true);
        byte[] copy = ImageFile.Encode(".png", picture, new ImageWriteOptions { Metadata = new() { IccProfile = profile } });
        using ImageReader reader = ImageFile.Open(new MemoryStream(copy), "copy");
        Assert.Equal(profile, reader.Metadata.IccProfile.ToArray());
    }

    [Fact]
    public void TheColorsOfSrgbNeedNoProfile()
    {
        Assert.Empty(Profile(("gAMA", Usual)));
        Assert.Empty(Profile(("cICP", Srgb)));
        Assert.Empty(Profile(("sRGB", [0]), ("gAMA", Linear)));
        // Unknown codes and those of high dynamic range leave the samples as they are.
        Assert.Empty(Profile(("cICP", HighDynamicRange)));
        Assert.Empty(Profile(("cICP", [99, 13, 0, 1])));
    }

    [Fact]
    public void ACodeComesBeforeAllOthers()
    {
        byte[] embedded = Profile(("cICP", DisplayP3));
        Assert.NotEmpty(embedded);
        Assert.Equal(embedded, Profile(("cICP", DisplayP3), ("gAMA", Linear)));
        Assert.Equal(embedded, Profile(("iCCP", Compressed(embedded))));
        Assert.Empty(Profile(("iCCP", Compressed(embedded)), ("cICP", Srgb)));
    }

    private static byte[] Compressed(byte[] profile)
    {
        using MemoryStream body = new();
        body.Write("p\0\0"u8);
        using (System.IO.Compression.ZLibStream zlib = new(body, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
            zlib.Write(profile);
        return body.ToArray();
    }

    private static byte[] Profile((string Type, byte[] Body) chunk, (string Type, byte[] Body)? second = null, int colorType = 2)
    {
        (byte[] file, _) = new PngForge(5, 4, colorType, 8, Interlaced: false, Transparent: false, Seed: 5).Make();
        const int AfterHeader = 8 + 25;
        using MemoryStream with = new();
        with.Write(file, 0, AfterHeader);
        PngForge.WriteChunk(with, chunk.Type, chunk.Body);
        if (second is { } other)
            PngForge.WriteChunk(with, other.Type, other.Body);
        with.Write(file, AfterHeader, file.Length - AfterHeader);
        using ImageReader reader = new PngFormat().Open(new MemoryStream(with.ToArray()), "x", new ImageReadOptions());
        return reader.Metadata.IccProfile.ToArray();
    }
}
