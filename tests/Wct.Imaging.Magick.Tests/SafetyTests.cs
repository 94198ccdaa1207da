using System.Diagnostics;
using System.Text;
using ImageMagick;
using Wct.Imaging.Tests;
using Wct.Imaging.Tests.Bmp;

namespace Wct.Imaging.Magick.Tests;

/// <summary>Only the listed formats are decoded, within limits, and damaged files give a picture or one clear error.</summary>
public sealed class SafetyTests
{
    private static readonly TimeSpan SlowTime = TimeSpan.FromSeconds(30);

    public SafetyTests() => MagickFormats.Register();

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "an SVG file")]
    [InlineData("push graphic-context\nviewbox 0 0 9 9\npop graphic-context\n", "but text, which is no picture")]
    [InlineData("<?xml version='1.0'?><image><read filename='/etc/passwd'/></image>", "but XML, which is no picture")]
    [InlineData("%!PS-Adobe-3.0 EPSF-3.0\n", "a PostScript file")]
    [InlineData("%PDF-1.4\n", "a PDF file")]
    [InlineData("https://localhost/a.png", "but text, which is no picture")]
    [InlineData("label:hello", "but text, which is no picture")]
    public void OtherFormatsAreRefusedWhateverTheName(string file, string problem)
    {
        using TemporaryFolder folder = new();
        foreach (string extension in new[] { "webp", "tif", "svg", "mvg", "heic" })
        {
            string path = folder.File("a." + extension);
            File.WriteAllText(path, file);
            Assert.Contains(problem, Assert.Throws<ImageFormatException>(() => ImageFile.Read(path)).Problem);
        }
    }

    [Theory]
    [InlineData(MagickFormat.Svg)]
    [InlineData(MagickFormat.Mvg)]
    [InlineData(MagickFormat.Msl)]
    [InlineData(MagickFormat.Pdf)]
    [InlineData(MagickFormat.Eps)]
    [InlineData(MagickFormat.Txt)]
    [InlineData(MagickFormat.Label)]
    [InlineData(MagickFormat.Png)]
    public void ThePolicyForbidsOtherDecoders(MagickFormat format)
    {
        Assert.Equal((LibraryState.Restricted, true, true), (MagickLibrary.State, MagickFormats.IsAvailable, MagickFormats.IsRestricted));
        byte[] file = Encoding.ASCII.GetBytes("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
        MagickException error = Assert.ThrowsAny<MagickException>(() => new MagickImage(file, format));
        Assert.Contains("security policy", error.Message);
    }

    [Fact]
    public void SizesAreCheckedBeforePixelsAreDecoded()
    {
        byte[] tiff = ImageFile.Encode(".tif", TestPictures.Hard(16, 16), new TiffWriteOptions { Compression = TiffCompression.None });
        // Width and height in the directory.
        byte[] large = [.. tiff];
        for (int at = 0; at + 12 <= large.Length; at++)
        {
            if (large[at] is 0 or 1 && large[at + 1] == 1 && large[at + 2] == 3 && large[at + 3] == 0 && large[at + 8] == 16)
                (large[at + 8], large[at + 9]) = (0xFF, 0xFF);
        }

        Assert.False(large.SequenceEqual(tiff));
        long before = Environment.WorkingSet;
        ImageFormatException error = Assert.Throws<ImageFormatException>(() => ImageFile.Read(new MemoryStream(large), "x"));
        Assert.Contains("65535x65535 are 4294836225 pixels, the limit is 268435456", error.Message);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 200 << 20);
        // The file itself takes a few hundred bytes.
        byte[] blank = ImageFile.Encode(".tif", new PixelImage(400, 300, PixelLayout.Gray8));
        Assert.Contains("400x300 pixels take 960000 bytes of memory to decode, the limit is 500000", Assert.Throws<ImageFormatException>(
            () => ImageFile.Read(new MemoryStream(blank), "x", new ImageReadOptions { MaxMemory = 500_000 })).Message);
    }

    [Fact]
    public void LargePicturesNeedBytesInTheFile()
    {
        ImageReadOptions options = new() { MaxMemory = 1L << 40 };
        DecodingLimits.Check("x", 4096, 4096, 1, options);
        DecodingLimits.Check("x", 8192, 8192, 16384, options);
        Assert.Equal("8192x8192 pixels in 16383 bytes; pictures over 16777216 pixels must have at least 16384",
            Assert.Throws<ImageFormatException>(() => DecodingLimits.Check("x", 8192, 8192, 16383, options)).Problem);
    }

    [Theory]
    [InlineData(917522, 12, 18, 12, true)]
    [InlineData(18, 524300, 18, 12, true)]
    [InlineData(-1, -1, 1, 1, true)]
    [InlineData(12288, 12, 12, 12, false)]
    [InlineData(100, 100, 0, 0, false)]
    public void TilesThatAFileCannotHaveAreRefused(int width, int height, int tileWidth, int tileHeight, bool refused)
    {
        List<byte> file = [0xFF, 0x4F, 0xFF, 0x51, 0, 41, 0, 0];
        foreach (int value in new[] { width, height, 0, 0, tileWidth, tileHeight, 0, 0 })
            file.AddRange([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
        file.AddRange([0, 1, 7, 1, 1]);
        // With the box that precedes it in JP2 files, and without.
        foreach (byte[] all in new[] { file.ToArray(), [.. new byte[30], .. file] })
        {
            Exception? error = Record.Exception(() => Jpeg2000Tiles.Check("x", all));
            Assert.Equal(refused, error is ImageFormatException);
            Assert.True(error is null || error.Message.Contains(" tiles take at least ", StringComparison.Ordinal));
            for (int length = 0; length < all.Length - 3; length++)
                Jpeg2000Tiles.Check("x", all.AsSpan(0, Math.Min(length, all.Length - 4)));
        }
    }

    [Fact]
    public void APictureThatDoesntFitIsRefusedBeforeItIsWritten()
    {
        using MemoryStream stream = new();
        MagickOptions before = MagickLibrary.Options;
        MagickLibrary.Options = new() { MaxMemory = 1 << 20 };
        try
        {
            Assert.Contains("1000x1000 pixels take 8000000 bytes of memory to encode, the limit is 1048576",
                Assert.Throws<ArgumentException>(() => ImageFormats.ForWriting(".tif")!.CreateWriter(
                    stream, ".tif", 1000, 1000, PixelLayout.Gray8, new ImageWriteOptions())).Message);
        }
        finally
        {
            MagickLibrary.Options = before;
        }
    }

    [Fact]
    public void AMissingLibraryIsNoticed()
    {
        foreach (Exception error in new Exception[]
            { new DllNotFoundException(), new TypeInitializationException("x", null), new BadImageFormatException() })
            Assert.Equal(LibraryState.Missing, MagickLibrary.Try(() => throw error));
        Assert.Throws<InvalidOperationException>(() => MagickLibrary.Try(() => throw new InvalidOperationException()));
        Assert.StartsWith("needs ImageMagick's library, which isn't available for ", MagickLibrary.MissingProblem);
    }

    [Fact]
    public void NoFolderIsSearchedForConfigurations()
    {
        Assert.Equal(LibraryState.Restricted, MagickLibrary.State);
        Assert.True(string.IsNullOrEmpty(MagickNET.GetEnvironmentVariable("MAGICK_CONFIGURE_PATH")));
    }

    [Theory]
    [InlineData("corrupt image `' @ error/tiff.c/Read/12", "corrupt image")]
    [InlineData("unable to open `/tmp/magick-AbC.dng' @ error/dng.c/Read/12", "unable to open")]
    [InlineData("unknown tag `Model'", "unknown tag `Model'")]
    public void MessagesNameNoTemporaryFile(string message, string shown) => Assert.Equal(shown, MagickDecoder.Clean(message));

    [Theory]
    [InlineData(".webp")]
    [InlineData(".tif")]
    [InlineData(".avif")]
    [InlineData(".jxl")]
    public void MutatedFilesAreReadOrRefused(string extension)
    {
        byte[][] seeds =
        [
            .. from size in new[] { (16, 16), (33, 9) } from layout in new[] { PixelLayout.Gray8, PixelLayout.Rgb24, PixelLayout.Rgba32 }
               select ImageFile.Encode(extension, TestPictures.Hard(size.Item1, size.Item2, layout)),
        ];
        Assert.All(seeds, seed => Assert.Null(Problem(seed)));
        int refused = 0;
        long before = Environment.WorkingSet;
        Damage.MustEnd(
            () =>
            {
                for (int i = 0; i < 2000; i++)
                {
                    Random random = new(i);
                    byte[] file = Damage.Mutate(seeds[random.Next(seeds.Length)], random);
                    (long allocated, long started) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
                    refused += Problem(file) is null ? 0 : 1;
                    // Only the long run (bench/Wct.Robustness) checks the 2 seconds, because a test machine may be busy.
                    Assert.True(Stopwatch.GetElapsedTime(started) < SlowTime, $"seed {i} takes {Stopwatch.GetElapsedTime(started)}");
                    allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
                    Assert.True(allocated < 64 << 20, $"seed {i} takes {allocated} bytes");
                    Assert.True(Environment.WorkingSet - before < 512 << 20, $"{Environment.WorkingSet - before} bytes more at seed {i}");
                }
            },
            () => $"{refused} were refused");
        Assert.InRange(refused, 20, 1999);
    }

    [Theory]
    [InlineData(".webp")]
    [InlineData(".tif")]
    [InlineData(".avif")]
    [InlineData(".jxl")]
    public void TruncatedFilesAreReadOrRefused(string extension)
    {
        byte[] file = ImageFile.Encode(extension, TestPictures.Hard(40, 40));
        for (int length = 1; length < file.Length; length += Math.Max(1, file.Length / 150))
            Problem(file[..length]);
        Assert.NotNull(Problem(file[..(file.Length / 3)]));
    }

    [Fact]
    public void OtherKindsOfBitmapsAreRead()
    {
        // Two runs of four pixels, then the end.
        byte[] file = BmpFile.Create(4, 2, 8, [4, 0, 0, 0, 4, 1, 0, 0, 0, 1], [0, 0, 255, 255, 0, 0]);
        (file[30], file[46]) = (1, 2);
        PixelImage picture = ImageFile.Read(new MemoryStream(file), "x");
        Assert.Equal((4, 2), (picture.Width, picture.Height));
        Assert.Equal([0, 0, 255, 255], TestPictures.Rgba(picture)[..4]);
    }

    private static string? Problem(byte[] file)
    {
        try
        {
            ImageFile.Read(new MemoryStream(file), "damaged", Damage.Limits);
            return null;
        }
        catch (ImageFormatException error)
        {
            Assert.DoesNotContain('\n', error.Message);
            return error.Problem;
        }
    }
}
