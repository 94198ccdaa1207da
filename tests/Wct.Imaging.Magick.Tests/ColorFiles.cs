using System.Buffers.Binary;
using Wct.Imaging.Colors;
using Wct.Imaging.Png;
using Wct.Imaging.Tests;

namespace Wct.Imaging.Magick.Tests;

/// <summary>Files and pictures for the tests of colors.</summary>
internal static class ColorFiles
{
    /// <summary>The profile of Display P3.</summary>
    internal static readonly byte[] DisplayP3 = IccProfile.ForRgb(ColorPrimaries.FromNumber(12)!.Value, TransferCurve.Srgb)!;

    /// <summary>A picture in sRGB.</summary>
    internal static readonly PixelImage Srgb = TestPictures.Make(120, 90, PixelLayout.Rgb24, 5, noisy: false);

    internal static byte[] Box(string type, byte[] body)
    {
        byte[] box = [0, 0, 0, 0, .. System.Text.Encoding.ASCII.GetBytes(type), .. body];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        return box;
    }

    /// <summary>Inserts a chunk after the header of a PNG file.</summary>
    internal static byte[] With(PixelImage picture, string type, byte[] body)
    {
        byte[] file = ImageFile.Encode(".png", picture);
        using MemoryStream chunk = new();
        PngChunkWriter.Write(chunk, PngChunkType.Of(System.Text.Encoding.ASCII.GetBytes(type)), body);
        return [.. file[..33], .. chunk.ToArray(), .. file[33..]];
    }

    /// <summary>The body of an iCCP chunk.</summary>
    internal static byte[] Compressed(byte[] profile)
    {
        using MemoryStream stream = new();
        stream.Write("x\0\0"u8);
        using (System.IO.Compression.ZLibStream zlib = new(stream, System.IO.Compression.CompressionMode.Compress))
            zlib.Write(profile);
        return stream.ToArray();
    }

    /// <summary>Replaces the profile in a TIFF file by one of the same length.</summary>
    internal static byte[] TiffWith(byte[] profile)
    {
        byte[] file = ImageFile.Encode(".tif", Srgb, new ImageWriteOptions { Metadata = new() { IccProfile = DisplayP3 } });
        profile.CopyTo(file, file.AsSpan().IndexOf(DisplayP3));
        return file;
    }

    /// <summary>Replaces the curves by a table, at the profile's end. The tags of the curves are the last three.</summary>
    internal static byte[] WithTables(byte[] profile)
    {
        const int Count = 65;
        byte[] tabled = [.. profile, .. "curv"u8, .. new byte[8 + (2 * Count) + 2]];
        int tags = BinaryPrimitives.ReadInt32BigEndian(tabled.AsSpan(128));
        BinaryPrimitives.WriteInt32BigEndian(tabled, tabled.Length);
        BinaryPrimitives.WriteInt32BigEndian(tabled.AsSpan(profile.Length + 8), Count);
        for (int i = tags - 3; i < tags; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(tabled.AsSpan(132 + (12 * i) + 4), profile.Length);
            BinaryPrimitives.WriteInt32BigEndian(tabled.AsSpan(132 + (12 * i) + 8), 12 + (2 * Count));
        }

        for (int i = 0; i < Count; i++)
        {
            double x = i / (Count - 1.0), light = (0.8 * Math.Pow(x, 1.4)) + (0.2 * x * x * x);
            BinaryPrimitives.WriteUInt16BigEndian(tabled.AsSpan(profile.Length + 12 + (2 * i)), (ushort)(65535 * light));
        }

        return tabled;
    }

    internal static void AssertNear(PixelImage expected, PixelImage seen, int tolerance)
    {
        Assert.Equal((expected.Width, expected.Height, expected.Layout), (seen.Width, seen.Height, seen.Layout));
        for (int i = 0; i < seen.Bytes.Length; i++)
        {
            int difference = Math.Abs(expected.Bytes[i] - seen.Bytes[i]);
            Assert.True(difference <= tolerance, $"byte {i} is {seen.Bytes[i]}, expected {expected.Bytes[i]}");
        }
    }

    /// <summary>The same colors in Display P3. All colors of sRGB are in it.</summary>
    internal static PixelImage ToDisplayP3(PixelImage srgb) =>
        Between(srgb, ColorPrimaries.Srgb.Colorants()!, ColorPrimaries.FromNumber(12)!.Value.Colorants()!);

    /// <summary>What a conversion must give: the rounding of Display P3 to bytes has changed dark components by up to 7.</summary>
    internal static PixelImage FromDisplayP3(PixelImage wide) =>
        Between(wide, ColorPrimaries.FromNumber(12)!.Value.Colorants()!, ColorPrimaries.Srgb.Colorants()!);

    private static PixelImage Between(PixelImage picture, double[,] from, double[,] to)
    {
        PixelImage converted = new(picture.Width, picture.Height, picture.Layout);
        picture.Bytes.CopyTo(converted.Bytes, 0);
        int size = picture.Layout.BytesPerPixel();
        for (int at = 0; at < picture.Bytes.Length; at += size)
        {
            double[] light = [Light(0), Light(1), Light(2)];
            double[] other = Solve(to, [Row(0), Row(1), Row(2)]);
            for (int i = 0; i < 3; i++)
                converted.Bytes[at + i] = (byte)Math.Round(255 * Encode(Math.Clamp(other[i], 0, 1)));
            double Light(int i) => Decode(picture.Bytes[at + i] / 255.0);
            double Row(int i) => (from[i, 0] * light[0]) + (from[i, 1] * light[1]) + (from[i, 2] * light[2]);
        }

        return converted;
    }

    private static double[] Solve(double[,] m, double[] v)
    {
        double D(double[] a, double[] b, double[] c) => (a[0] * ((b[1] * c[2]) - (b[2] * c[1]))) - (b[0] * ((a[1] * c[2]) - (a[2] * c[1])))
            + (c[0] * ((a[1] * b[2]) - (a[2] * b[1])));
        double[] Column(int i) => [m[0, i], m[1, i], m[2, i]];
        double all = D(Column(0), Column(1), Column(2));
        return [D(v, Column(1), Column(2)) / all, D(Column(0), v, Column(2)) / all, D(Column(0), Column(1), v) / all];
    }

    /// <summary>Encodes linear light as sRGB, both in 0..1.</summary>
    internal static double Encode(double linear) => linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;

    /// <summary>Decodes sRGB to linear light, both in 0..1.</summary>
    internal static double Decode(double encoded) => encoded <= 0.04045 ? encoded / 12.92 : Math.Pow((encoded + 0.055) / 1.055, 2.4);
}
