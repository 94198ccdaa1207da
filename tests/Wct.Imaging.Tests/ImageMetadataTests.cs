using System.Buffers.Binary;
using Wct.Imaging.Tests.Jpeg;
using Wct.Imaging.Tests.Png;

namespace Wct.Imaging.Tests;

/// <summary>Exif data and color profiles are copied from file to file.</summary>
public class ImageMetadataTests
{
    private static readonly PixelImage Picture = TestPictures.Make(9, 6, PixelLayout.Rgb24, seed: 1, noisy: false);

    [Theory]
    [InlineData(".jpg", ".jpg", 300)]
    [InlineData(".jpg", ".png", 300)]
    [InlineData(".png", ".jpg", 300)]
    [InlineData(".png", ".png", 300)]
    [InlineData(".jpg", ".jpg", 200_000)]
    [InlineData(".png", ".jpg", 200_000)]
    public void Go_from_any_format_to_any_other(string from, string to, int profileLength)
    {
        ImageMetadata metadata = new() { Exif = TestExif.Make(1, true, thumbnail: false), IccProfile = Profile("RGB ", profileLength) };
        ImageMetadata first = Read(ImageFile.Encode(from, Picture, new() { Metadata = metadata }));
        ImageMetadata second = Read(ImageFile.Encode(to, Picture, new() { Metadata = first }));
        Assert.Equal(metadata.Exif.ToArray(), second.Exif.ToArray());
        Assert.Equal(metadata.IccProfile.ToArray(), second.IccProfile.ToArray());
        Assert.Equal(ImageFile.Encode(to, Picture), ImageFile.Encode(to, Picture, new() { Metadata = new() }));
        Assert.Equal(ImageFile.Encode(".ppm", Picture), ImageFile.Encode(".ppm", Picture, new() { Metadata = metadata }));
    }

    [Theory]
    [InlineData(true, 6)]
    [InlineData(false, 3)]
    public void Exif_loses_thumbnail_and_orientation_and_nothing_else(bool littleEndian, int orientation)
    {
        byte[] exif = TestExif.Make(orientation, littleEndian, thumbnail: true);
        byte[] file = JpegSegments.With(ImageFile.Encode(".jpg", Picture), 0xE1, [.. "Exif\0\0"u8, .. exif]);
        byte[] clean = Read(file).Exif.ToArray();
        Assert.Equal(TestExif.Make(1, littleEndian, thumbnail: false), clean);
        Assert.True(exif.AsSpan().IndexOf("THUMBNAIL"u8) > 0);
        Assert.True(clean.AsSpan().IndexOf("THUMBNAIL"u8) < 0);
        Assert.True(clean.AsSpan().IndexOf("Maker"u8) > 0);
    }

    [Theory]
    [InlineData(3, 1, 6)]
    [InlineData(3, 2, 6)]
    [InlineData(4, 1, 6)]
    [InlineData(5, 1, 6)]
    [InlineData(6, 1, 6)]
    [InlineData(8, 1, 6)]
    [InlineData(9, 1, 6)]
    [InlineData(10, 1, 6)]
    [InlineData(11, 1, 6)]
    [InlineData(12, 1, 6)]
    [InlineData(13, 1, 6)]
    [InlineData(1, 1, null)]
    [InlineData(2, 1, null)]
    [InlineData(3, 0, null)]
    [InlineData(7, 1, null)]
    public void Orientation_may_be_stored_as_any_number(int type, int count, int? orientation)
    {
        foreach (bool little in new[] { true, false })
        {
            byte[] exif = TestExif.Numeric(type, count, 6, little);
            Assert.Equal(orientation, ExifBlock.Orientation(exif));
            // The orientation was applied, so it must not be applied again.
            byte[] clean = Assert.IsType<byte[]>(ExifBlock.Clean(exif));
            Assert.Equal(1, ExifBlock.Orientation(clean));
            Assert.Equal(exif[..10], clean[..10]);
            Assert.Equal(exif[22..], clean[22..]);
            Assert.Null(ExifBlock.Orientation(TestExif.Numeric(type, count, 9, little)));
            Assert.Null(ExifBlock.Orientation(type is 5 or 10 or 12 ? exif[..^4] : exif[..20]));
        }
    }

    [Theory]
    [InlineData(1, 6, 1)]
    [InlineData(3, 6, 6)]
    [InlineData(4, 6, 6)]
    [InlineData(4, 60000, 1)]
    [InlineData(5, 6, 1)]
    public void Orientation_may_be_a_long_and_stand_in_any_format(int type, int stored, int orientation)
    {
        byte[] exif = TestExif.Make(stored, false, thumbnail: false, type);
        bool turned = orientation > 4;
        byte[] jpeg = JpegSegments.With(ImageFile.Encode(".jpg", Picture), 0xE1, [.. "Exif\0\0"u8, .. exif]);
        byte[] png = ImageFile.Encode(".png", Picture);
        foreach (byte[] file in new[] { jpeg, PngToleranceTests.Insert(png, "eXIf", exif, "IDAT"),
            PngToleranceTests.Insert(png, "eXIf", exif, "IEND") })
        {
            using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x");
            Assert.Equal(turned ? (6, 9) : (9, 6), (reader.Width, reader.Height));
            PixelImage seen = reader.ReadAll();
            Assert.Empty(reader.Warnings);
            if (file == jpeg)
                continue;
            // With orientation 6, the stored first row is displayed on the right.
            for (int i = 0; i < 6 && turned; i++)
                Assert.Equal(Picture.Row(5 - i)[..3].ToArray(), seen.Row(0).Slice(3 * i, 3).ToArray());
        }

        using ImageReader piped = ImageFile.Open(new TricklingStream(PngToleranceTests.Insert(png, "eXIf", exif, "IEND")), "pipe");
        piped.ReadAll();
        string[] notes = turned ? ["orientation 6 comes after the pixels and is not applied"] : [];
        Assert.Equal(notes, piped.Warnings);
    }

    [Fact]
    public void Size_in_Exif_becomes_that_of_the_result()
    {
        ImageMetadata metadata = new() { Exif = TestExif.Make(1, true, thumbnail: false) };
        byte[] wide = Read(
            ImageFile.Encode(".png", new PixelImage(500, 3, PixelLayout.Rgb24), new() { Metadata = metadata })).Exif.ToArray();
        Assert.Equal((9, 6), TestExif.Size(metadata.Exif.Span));
        Assert.Equal((500, 3), TestExif.Size(wide));
    }

    [Theory]
    [InlineData("RGB ", PixelLayout.Gray8, false)]
    [InlineData("GRAY", PixelLayout.Gray8, true)]
    [InlineData("GRAY", PixelLayout.Rgb24, false)]
    [InlineData("RGB ", PixelLayout.Rgba32, true)]
    public void Profiles_are_written_only_for_the_pixels_that_they_describe(string space, PixelLayout format, bool written)
    {
        ImageMetadata metadata = new() { IccProfile = Profile(space, 200) };
        PixelImage picture = TestPictures.Make(9, 6, format, seed: 1, noisy: false);
        foreach (string extension in new[] { ".png", ".jpg" })
            Assert.Equal(written ? 200 : 0, Read(ImageFile.Encode(extension, picture, new() { Metadata = metadata })).IccProfile.Length);
    }

    [Theory]
    [InlineData("damaged", "the color profile is left out: damaged")]
    [InlineData("ink", "the color profile is left out: it is for CMYK, the pixels given are RGB or gray")]
    [InlineData("huge", "the color profile is left out: damaged or too long")]
    [InlineData("not compressed", "the color profile is left out: damaged or too long")]
    [InlineData("part missing", "the color profile is left out: parts of it are missing, too many, or too long")]
    [InlineData("bad Exif", "the Exif block is left out: damaged")]
    [InlineData("long Exif", "the Exif block of 70000 bytes is left out: too long")]
    public void What_cannot_be_carried_is_left_out_with_a_note_even_when_strict(string what, string note)
    {
        byte[] png = ImageFile.Encode(".png", Picture), jpeg = ImageFile.Encode(".jpg", Picture);
        byte[] file = what switch
        {
            "damaged" => WithProfile(png, [.. Profile("RGB ", 200)[..30], .. new byte[170]]),
            "ink" => WithProfile(png, Profile("CMYK", 200)),
            "huge" => WithProfile(png, new byte[5_000_000]),
            "not compressed" => PngToleranceTests.Insert(png, "iCCP", [.. "x\0\0"u8, 1, 2, 3], "IDAT"),
            "part missing" => JpegSegments.With(jpeg, 0xE2, [.. "ICC_PROFILE\0"u8, 1, 2, .. new byte[10]]),
            "bad Exif" => PngToleranceTests.Insert(png, "eXIf", [.. "II*\0"u8, 0, 1, 0, 0], "IDAT"),
            _ => PngToleranceTests.Insert(png, "eXIf", new byte[70000], "IDAT"),
        };
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x", new() { Strict = true });
        reader.ReadAll();
        Assert.Equal(note, Assert.Single(reader.Warnings));
        Assert.Equal((0, 0), (reader.Metadata.Exif.Length, reader.Metadata.IccProfile.Length));
    }

    [Fact]
    public void Damaged_Exif_never_fails()
    {
        byte[] exif = TestExif.Make(6, true, thumbnail: true), jpeg = ImageFile.Encode(".jpg", Picture);
        int kept = 0, leftOut = 0;
        for (int seed = 0; seed < 3000; seed++)
        {
            byte[] damaged = Damage.Mutate(exif, new Random(seed));
            using ImageReader reader = ImageFile.Open(new MemoryStream(JpegSegments.With(jpeg, 0xE1, [.. "Exif\0\0"u8, .. damaged])), "x");
            reader.ReadAll();
            int length = reader.Metadata.Exif.Length;
            kept += length > 0 ? 1 : 0;
            leftOut += reader.Warnings.Contains("the Exif block is left out: damaged") ? 1 : 0;
            Assert.Equal(seed + 1, kept + leftOut);
            // What is kept can be written and read again, without a warning.
            byte[] png = ImageFile.Encode(".png", Picture, new() { Metadata = reader.Metadata });
            Assert.Equal(length, Read(png).Exif.Length);
        }

        Assert.InRange(kept, 300, 2900);
        Assert.InRange(leftOut, 100, 2700);
    }

    private static ImageMetadata Read(byte[] file)
    {
        using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x");
        reader.ReadAll();
        Assert.Empty(reader.Warnings);
        return reader.Metadata;
    }

    private static byte[] WithProfile(byte[] png, byte[] profile)
    {
        MemoryStream body = new();
        body.Write("x\0\0"u8);
        using (System.IO.Compression.ZLibStream deflated = new(body, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            deflated.Write(profile);
        return PngToleranceTests.Insert(png, "iCCP", body.ToArray(), "IDAT");
    }

    private static byte[] Profile(string space, int length)
    {
        byte[] profile = new byte[length];
        new Random(1).NextBytes(profile);
        BinaryPrimitives.WriteInt32BigEndian(profile, length);
        System.Text.Encoding.ASCII.GetBytes(space).CopyTo(profile, 16);
        "acsp"u8.CopyTo(profile.AsSpan(36));
        // The number of tags.
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(128), 1);
        return profile;
    }
}
