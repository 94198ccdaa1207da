using System.Buffers.Binary;
using Wct.Imaging.Bmp;
using Wct.Imaging.Gif;
using Wct.Imaging.Psd;
using Wct.Imaging.Radiance;
using Wct.Imaging.Tests.Seeds;
using Wct.Imaging.Tga;

namespace Wct.Imaging.Tests.Formats;

/// <summary>Damaged files of the formats that are only read give a picture or one clear error, with little work and memory.</summary>
public sealed class DamagedFileTests
{
    public static TheoryData<string> Names => ["bmp", "tga", "hdr", "gif", "psd"];

    [Theory]
    [MemberData(nameof(Names))]
    public void MutatedFilesAreReadOrRefused(string name)
    {
        (ImageFormat format, byte[][] seeds) = Of(name);
        (int readable, int refused) = Damage.Fuzz(
            format.Open, 5000, random => Damage.Mutate(seeds[random.Next(seeds.Length)], random));
        Assert.True(readable > 500 && refused > 100, $"{readable} were read, {refused} were refused");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryPrefixIsReadOrRefused(string name)
    {
        (ImageFormat format, byte[][] seeds) = Of(name);
        foreach (byte[] file in seeds)
        {
            Assert.Null(Damage.Problem(format.Open, file));
            for (int length = 0; length < file.Length; length++)
            {
                string? problem = Damage.Problem(format.Open, file[..length]);
                // The end of a GIF file has no pixels.
                bool whole = name == "gif" && length >= file.Length - 4;
                Assert.True(problem is not null || whole, $"{length} of {file.Length} bytes are read");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void StreamsThatCannotSeekGiveTheSamePictures(string name)
    {
        (ImageFormat _, byte[][] seeds) = Of(name);
        foreach (byte[] file in seeds)
        {
            PixelImage expected = ImageFile.Read(new MemoryStream(file)), seen = ImageFile.Read(new TricklingStream(file, 3));
            Assert.Equal((expected.Width, expected.Height), (seen.Width, seen.Height));
            // Whether a bitmap has alpha is only known after the last pixel.
            Assert.Equal(TestPictures.Rgb(expected), TestPictures.Rgb(seen));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void RowsCanBeReadOneByOne(string name)
    {
        (ImageFormat _, byte[][] seeds) = Of(name);
        foreach (byte[] file in seeds)
        {
            PixelImage expected = ImageFile.Read(new MemoryStream(file));
            using ImageReader reader = ImageFile.Open(new MemoryStream(file), "x");
            byte[] row = new byte[expected.Stride];
            for (int y = 0; y < expected.Height; y++)
            {
                reader.ReadRows(row);
                Assert.True(expected.Row(y).SequenceEqual(row), $"row {y}");
            }
        }
    }

    [Theory]
    [InlineData("bmp", 18, 0x00EFFFFF)]
    [InlineData("bmp", 22, 0x00EFFFFF)]
    [InlineData("tga", 12, 0x0000FFFF)]
    [InlineData("tga", 14, 0x0000FFFF)]
    [InlineData("gif", 6, 0x0000FFFF)]
    [InlineData("psd", 14, 0x0000FF7F)]
    [InlineData("psd", 18, 0x0000FF7F)]
    public void AnnouncedSizesTakeNoMemory(string name, int at, int value)
    {
        (ImageFormat format, byte[][] seeds) = Of(name);
        foreach (byte[] seed in seeds)
        {
            byte[] file = [.. seed];
            bool wide = name is "bmp" && seed[14] != 12;
            for (int i = 0; i < (wide ? 4 : 2); i++)
                file[at + i] = (byte)(value >> (8 * i));
            // Large in both directions for the formats that can't announce much in one.
            if (name is "tga" or "gif")
                file.AsSpan(at, 2).CopyTo(file.AsSpan(at ^ (name == "tga" ? 2 : 14)));
            foreach (long most in new[] { 1L << 20, long.MaxValue })
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                Exception? error = Record.Exception(() =>
                {
                    using ImageReader reader = format.Open(new MemoryStream(file), "x", new ImageReadOptions { MaxPixels = most });
                    byte[] row = new byte[Math.Min(1 << 20, reader.Width * reader.Layout.BytesPerPixel())];
                    if (row.Length == reader.Width * reader.Layout.BytesPerPixel())
                        reader.ReadRows(row);
                });
                long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.True(error is null or ImageFormatException, $"{error}");
                Assert.InRange(allocated, 0, 4 << 20);
            }
        }
    }

    // A band of rows is 87,000 of these rows. Copying the band for each row would take gigabytes.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ManyShortRowsTakeLittleMemory(bool runs)
    {
        const int Height = 40_000;
        byte[] header = new byte[54 + (runs ? 1024 : 0)];
        "BM"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(10), header.Length);
        header[14] = 40;
        header[18] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(22), Height);
        header[26] = 1;
        header[28] = (byte)(runs ? 8 : 24);
        header[30] = (byte)(runs ? 1 : 0);
        // Runs: one pixel and the end of the row. Else one pixel and a byte of padding.
        byte[] row = runs ? [1, 0, 0, 0] : [1, 2, 3, 0];
        byte[] file = [.. header, .. Enumerable.Repeat(row, Height).SelectMany(bytes => bytes)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        PixelImage picture = ImageFile.Read(new MemoryStream(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        Assert.Equal((1, Height), (picture.Width, picture.Height));
        Assert.Equal(runs ? [0, 0, 0] : [3, 2, 1], picture.Bytes[..3]);
    }

    [Fact]
    public void AFewRunsAreNoHugeBitmap()
    {
        byte[] file = FileSeeds.Bmp().First(seed => seed[30] == 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), 10_000);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), 10_000);
        ImageFormatException error = Assert.Throws<ImageFormatException>(() => ImageFile.Open(new MemoryStream(file), "x"));
        Assert.StartsWith("x: truncated: the runs of 10000x10000 pixels take at least 390625 bytes, ", error.Message);
    }

    [Fact]
    public void ARadianceFileThatAnnouncesMoreThanItHasIsRefused()
    {
        byte[] file = [.. "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 30000 +X 30000\n"u8, .. new byte[1000]];
        long before = GC.GetAllocatedBytesForCurrentThread();
        ImageFormatException error = Assert.Throws<ImageFormatException>(
            () => ImageFile.Open(new MemoryStream(file), "x", new ImageReadOptions { MaxPixels = long.MaxValue }));
        Assert.Contains("truncated: 30000x30000 pixels take at least", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Contains("are 900000000 pixels, the limit is 1000", Assert.Throws<ImageFormatException>(
            () => ImageFile.Open(new MemoryStream(file), "x", new ImageReadOptions { MaxPixels = 1000 })).Message);
    }

    private static (ImageFormat Format, byte[][] Seeds) Of(string name) => name switch
    {
        "bmp" => (new BmpFormat(), FileSeeds.Bmp()),
        "tga" => (new TgaFormat(), FileSeeds.Tga()),
        "hdr" => (new HdrFormat(), FileSeeds.Hdr()),
        "gif" => (new GifFormat(), FileSeeds.Gif()),
        _ => (new PsdFormat(), FileSeeds.Psd()),
    };
}
