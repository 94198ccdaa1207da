using System.Buffers.Binary;
using Wct.Imaging.Colors;

namespace Wct.Imaging.Magick.Tests;

/// <summary>Raw files of cameras are recognized, developed, and given as sRGB.</summary>
public sealed class RawFileTests
{
    private const int Side = 64, White = 4095;

    public RawFileTests() => MagickFormats.Register();

    [Fact]
    public void RawFilesAreDeveloped()
    {
        PixelImage picture = Read(Dng(orientation: 1, profile: null));
        // The left half is darker. Both are gray.
        (byte[] dark, byte[] light) = (Middle(picture, Side / 4), Middle(picture, 3 * Side / 4));
        Assert.All(new[] { dark, light }, color => Assert.InRange(color.Max() - color.Min(), 0, 12));
        Assert.InRange(light[1] - dark[1], 40, 200);
    }

    [Fact]
    public void TheOrientationIsAppliedOnce()
    {
        PixelImage upright = Read(Dng(orientation: 1, profile: null)), turned = Read(Dng(orientation: 3, profile: null));
        Assert.InRange(Middle(turned, Side / 4)[1] - Middle(upright, 3 * Side / 4)[1], -4, 4);
        Assert.InRange(Middle(turned, 3 * Side / 4)[1] - Middle(upright, Side / 4)[1], -4, 4);
    }

    [Fact]
    public void AnEmbeddedProfileIsNotThatOfTheDevelopedPicture()
    {
        byte[] profile = IccProfile.ForRgb(ColorPrimaries.FromNumber(12)!.Value, TransferCurve.Power(1))!;
        using ImageReader reader = ImageFile.Open(new MemoryStream(Dng(orientation: 1, profile)), "x");
        Assert.True(reader.Metadata.IccProfile.IsEmpty);
        Assert.Equal(Read(Dng(orientation: 1, profile: null)).Bytes, reader.ReadAll().Bytes);
    }

    [Fact]
    public void ADamagedRawFileIsRefusedWithoutTheNameOfATemporaryFile()
    {
        byte[] file = Dng(orientation: 1, profile: null);
        string problem = Assert.Throws<ImageFormatException>(() => Read(file[..400])).Problem;
        Assert.DoesNotContain("magick-", problem);
        Assert.DoesNotContain('\n', problem);
    }

    private static PixelImage Read(byte[] file) => ImageFile.Read(new MemoryStream(file), "x.dng");

    private static byte[] Middle(PixelImage picture, int x) =>
        picture.ToRgb().Bytes.AsSpan(3 * ((picture.Height / 2 * picture.Width) + x), 3).ToArray();

    // A DNG file (Adobe's specification 1.4) of 16 bits. A camera that sees sRGB took a gray picture with a lighter right half.
    private static byte[] Dng(int orientation, byte[]? profile)
    {
        List<(int Tag, int Type, int Count, byte[] Data)> entries =
        [
            (254, 4, 1, Long(0)), (256, 4, 1, Long(Side)), (257, 4, 1, Long(Side)), (258, 3, 1, Short(16)), (259, 3, 1, Short(1)),
            (262, 3, 1, Short(32803)), (271, 2, 4, [.. "Wct\0"u8]), (272, 2, 5, [.. "Test\0"u8]), (273, 4, 1, Long(8)),
            (274, 3, 1, Short(orientation)), (277, 3, 1, Short(1)), (278, 4, 1, Long(Side)), (279, 4, 1, Long(2 * Side * Side)),
            (33421, 3, 2, [2, 0, 2, 0]), (33422, 1, 4, [0, 1, 1, 2]), (50706, 1, 4, [1, 4, 0, 0]), (50708, 2, 5, [.. "Test\0"u8]),
            (50717, 4, 1, Long(White)),
            // From XYZ to linear sRGB, in D65.
            (50721, 10, 9, Rationals(3.2405, -1.5371, -0.4985, -0.9693, 1.8760, 0.0416, 0.0556, -0.2040, 1.0572)),
            (50728, 5, 3, Rationals(1, 1, 1)), (50778, 3, 1, Short(21)),
        ];
        if (profile is not null)
            entries.Add((34675, 7, profile.Length, profile));
        entries.Sort((one, other) => one.Tag.CompareTo(other.Tag));
        List<byte> file = [.. "II*\0"u8, 0, 0, 0, 0];
        for (int i = 0; i < Side * Side; i++)
            file.AddRange(Short(i % Side < Side / 2 ? White / 10 : White / 2));
        List<byte> directory = [.. Short(entries.Count)], rest = [];
        int start = file.Count, restStart = start + 2 + (12 * entries.Count) + 4;
        foreach ((int tag, int type, int count, byte[] data) in entries)
        {
            directory.AddRange([.. Short(tag), .. Short(type), .. Long(count)]);
            directory.AddRange(data.Length <= 4 ? [.. data, .. new byte[4 - data.Length]] : Long(restStart + rest.Count));
            if (data.Length > 4)
                rest.AddRange([.. data, .. new byte[data.Length % 2]]);
        }

        byte[] all = [.. file, .. directory, .. Long(0), .. rest];
        BinaryPrimitives.WriteInt32LittleEndian(all.AsSpan(4), start);
        return all;
    }

    private static byte[] Short(int value) => [(byte)value, (byte)(value >> 8)];

    private static byte[] Long(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];

    private static byte[] Rationals(params double[] values) =>
        [.. values.SelectMany(value => (byte[])[.. Long((int)Math.Round(value * 10000)), .. Long(10000)])];
}
