using System.Buffers.Binary;
using Wct.Imaging.Colors;
using Wct.Imaging.Png;
using Wct.Imaging.Tests;
using static Wct.Imaging.Magick.Tests.ColorFiles;

namespace Wct.Imaging.Magick.Tests;

/// <summary>Color profiles are read, also damaged ones and those of PNG and media files.</summary>
public sealed class ProfileTests
{
    public ProfileTests() => MagickFormats.Register();

    [Fact]
    public void ADamagedProfileIsCarried()
    {
        byte[] damaged = [.. DisplayP3];
        damaged.AsSpan(140).Fill(0xFF);
        byte[] file = ImageFile.Encode(".png", Srgb, new ImageWriteOptions { Metadata = new() { IccProfile = damaged } });
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x");
        Assert.Equal(damaged, reader.Metadata.IccProfile.ToArray());
        Assert.Equal(Srgb.Bytes, reader.ReadAll().Bytes);
    }

    [Theory]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(1000u)]
    public void AProfileWithTooManyTagsIsLeftOut(uint tags)
    {
        byte[] hostile = [.. DisplayP3];
        BinaryPrimitives.WriteUInt32BigEndian(hostile.AsSpan(128), tags);
        Assert.Null(ProfileConverter.Instance.Create(hostile, PixelLayout.Rgb24));
        foreach (byte[] file in new[] { With(Srgb, "iCCP", Compressed(hostile)), TiffWith(hostile) })
        {
            using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x");
            Assert.True(reader.Metadata.IccProfile.IsEmpty);
            Assert.Equal("the color profile is left out: damaged", Assert.Single(reader.Warnings));
            Assert.Equal(Srgb.Bytes, reader.ReadAll().Bytes);
        }
    }

    [Fact]
    public void AProfileForOtherComponentsIsLeftOut()
    {
        byte[] other = [.. DisplayP3];
        "2CLR"u8.CopyTo(other.AsSpan(16));
        using ImageReader reader = ImageFile.Open(new MemoryStream(TiffWith(other)), "x");
        Assert.True(reader.Metadata.IccProfile.IsEmpty);
        Assert.Contains("it is for 2CLR", Assert.Single(reader.Warnings));
        Assert.Equal(Srgb.Bytes, reader.ReadAll().Bytes);
    }

    [Theory]
    [InlineData("curv", 0, new int[0])]
    [InlineData("curv", 1, new[] { 0x01800000 })]
    [InlineData("curv", 3, new[] { 0x00004000, unchecked((int)0xFFFF0000) })]
    [InlineData("para", 0x00000000, new[] { 98304 })]
    [InlineData("para", 0x00010000, new[] { 98304, 65536, 0 })]
    [InlineData("para", 0x00020000, new[] { 98304, 65536, 0, 0 })]
    [InlineData("para", 0x00030000, new[] { 98304, 65536, 0, 65536, 0 })]
    [InlineData("para", 0x00040000, new[] { 98304, 65536, 0, 65536, 0, 0, 0 })]
    public void CurvesOfAllKindsAreRead(string kind, int second, int[] numbers)
    {
        byte[] curve = [.. System.Text.Encoding.ASCII.GetBytes(kind), 0, 0, 0, 0, .. new byte[4 + (4 * numbers.Length)]];
        BinaryPrimitives.WriteInt32BigEndian(curve.AsSpan(8), second);
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(curve.AsSpan(12 + (4 * i)), numbers[i]);
        byte[] profile = IccProfile.ForGray(TransferCurve.Power(1));
        profile = [.. profile, .. curve];
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        int tag = 132 + (12 * (BinaryPrimitives.ReadInt32BigEndian(profile.AsSpan(128)) - 1));
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(tag + 4), profile.Length - curve.Length);
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(tag + 8), curve.Length);
        byte[] table = GrayCurve.ToSrgb(profile)!;
        for (int i = 0; i < 256; i++)
        {
            // No number means linear light, the three of a table are 0, 1/4 and 1, and all formulas are the power 1.5.
            double x = i / 255.0, light = numbers.Length == 0 ? x : second != 3 ? Math.Pow(x, 1.5) : x < 0.5 ? x / 2 : (1.5 * x) - 0.5;
            Assert.InRange(table[i] - (255 * Encode(light)), -0.6, 0.6);
        }

        // The curve is outside of the profile, or too short.
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(tag + 4), profile.Length);
        Assert.Null(GrayCurve.ToSrgb(profile));
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(tag + 4), profile.Length - curve.Length);
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(tag + 8), curve.Length - 4);
        Assert.True(GrayCurve.ToSrgb(profile) is null);
    }

    [Fact]
    public void GammaOfPngFilesIsApplied()
    {
        PixelImage picture = TestPictures.Make(40, 30, PixelLayout.Rgb24, 5, noisy: false);
        PixelImage linear = ImageFile.Read(new MemoryStream(With(picture, "gAMA", [0, 1, 0x86, 0xA0])));
        for (int i = 0; i < picture.Bytes.Length; i++)
            Assert.InRange(linear.Bytes[i] - (255 * Encode(picture.Bytes[i] / 255.0)), -2, 2);
        // 0.45455 stands for sRGB.
        Assert.Equal(picture.Bytes, ImageFile.Read(new MemoryStream(With(picture, "gAMA", [0, 0, 0xB1, 0x8F]))).Bytes);
    }

    [Fact]
    public void ColorCodesOfPngFilesAreApplied()
    {
        AssertNear(
            FromDisplayP3(ToDisplayP3(Srgb)), ImageFile.Read(new MemoryStream(With(ToDisplayP3(Srgb), "cICP", [12, 13, 0, 1]))), 1);
        Assert.Equal(Srgb.Bytes, ImageFile.Read(new MemoryStream(With(Srgb, "cICP", [1, 13, 0, 1]))).Bytes);
        // High dynamic range isn't converted.
        Assert.Equal(Srgb.Bytes, ImageFile.Read(new MemoryStream(With(Srgb, "cICP", [9, 16, 0, 1]))).Bytes);
    }

    [Fact]
    public void ColorCodesOfThePrimaryPictureAreFound()
    {
        // The first picture is a thumbnail in sRGB. The second one, which is primary, is Display P3.
        byte[] size = Box("ispe", new byte[12]), thumbnail = Box("colr", [.. "nclx"u8, 0, 1, 0, 13, 0, 6, 0x80]);
        byte[] color = Box("colr", [.. "nclx"u8, 0, 12, 0, 13, 0, 6, 0x80]);
        byte[] links = Box("ipma", [0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 2, 0x81, 2, 0, 2, 2, 0x81, 3]);
        byte[] properties = Box("iprp", [.. Box("ipco", [.. size, .. thumbnail, .. color]), .. links]);
        byte[] file = [.. Box("ftyp", [.. "avif"u8]), .. Box("meta", [0, 0, 0, 0, .. Box("pitm", [0, 0, 0, 0, 0, 2]), .. properties])];
        Assert.Equal(DisplayP3, IsoColors.Profile(file).ToArray());
        for (int length = 0; length < file.Length; length++)
            Assert.True(IsoColors.Profile(file.AsSpan(0, length)).IsEmpty);
        file[Array.IndexOf(file, (byte)'p', 20) + 9] = 1;
        Assert.True(IsoColors.Profile(file).IsEmpty);
    }

    [Fact]
    public void LongNumbersInMediaFilesAreRead()
    {
        byte[] color = Box("colr", [.. "nclx"u8, 0, 12, 0, 13, 0, 6, 0x80]);
        byte[] links = Box("ipma", [1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 0x80, 1]);
        byte[] meta = [0, 0, 0, 0, .. Box("pitm", [1, 0, 0, 0, 0, 1, 0, 0]), .. Box("iprp", [.. Box("ipco", color), .. links])];
        Assert.Equal(DisplayP3, IsoColors.Profile(Box("meta", meta)).ToArray());
    }
}
