using Wct.Imaging.Tests.Png;

namespace Wct.Imaging.Tests;

public class ImageFileTests
{
    [Theory]
    [InlineData("x.png", PixelLayout.Gray8, PixelLayout.Gray8)]
    [InlineData("x.png", PixelLayout.Rgb24, PixelLayout.Rgb24)]
    [InlineData("x.PNG", PixelLayout.Rgba32, PixelLayout.Rgba32)]
    [InlineData("x.ppm", PixelLayout.Gray8, PixelLayout.Rgb24)]
    [InlineData("x.Ppm", PixelLayout.Rgb24, PixelLayout.Rgb24)]
    [InlineData("x.pgm", PixelLayout.Gray8, PixelLayout.Gray8)]
    [InlineData("x.pnm", PixelLayout.Gray8, PixelLayout.Gray8)]
    [InlineData("x.pnm", PixelLayout.Rgb24, PixelLayout.Rgb24)]
    public void The_extension_chooses_the_format_and_the_content_is_recognized(string name, PixelLayout format, PixelLayout read)
    {
        using TemporaryFolder folder = new();
        PixelImage bitmap = TestPictures.Make(9, 7, format, seed: 1, noisy: true);
        ImageFile.Write(folder.File(name), bitmap);
        File.Move(folder.File(name), folder.File("no-extension"));
        PixelImage back = ImageFile.Read(folder.File("no-extension"));
        Assert.Equal(read, back.Layout);
        Assert.Equal(read == format ? bitmap.Bytes : TestPictures.Rgb(bitmap), back.Bytes);
    }

    [Theory]
    [InlineData("x.xyz", "'.xyz'")]
    [InlineData("x", "''")]
    [InlineData("png", "''")]
    public void Unknown_extensions_are_refused_before_anything_is_written(string name, string mentioned)
    {
        using TemporaryFolder folder = new();
        Assert.False(ImageFile.CanWrite(folder.File(name)));
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => ImageFile.Create(folder.File(name), 1, 1, PixelLayout.Rgb24));
        Assert.Contains(mentioned, error.Message);
        Assert.Contains(string.Join(' ', ImageFile.WritableExtensions), error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Every_extension_listed_can_be_written()
    {
        using TemporaryFolder folder = new();
        Assert.Subset(ImageFile.WritableExtensions.ToHashSet(), new HashSet<string> { ".png", ".ppm", ".pgm", ".pnm" });
        foreach (string extension in ImageFile.WritableExtensions)
        {
            string path = folder.File("x" + extension);
            Assert.True(ImageFile.CanWrite(path), extension);
            ImageFile.Write(path, new PixelImage(3, 2, PixelLayout.Gray8));
            Assert.Equal((3, 2), (ImageFile.Read(path).Width, ImageFile.Read(path).Height));
        }
    }

    [Fact]
    public void Encoded_bytes_are_those_of_the_file()
    {
        using TemporaryFolder folder = new();
        PixelImage bitmap = TestPictures.Make(9, 7, PixelLayout.Gray8, seed: 2, noisy: true);
        foreach (string extension in ImageFile.WritableExtensions)
        {
            JpegWriteOptions options = new() { Quality = 40 };
            ImageFile.Write(folder.File("x" + extension), bitmap, options);
            Assert.Equal(File.ReadAllBytes(folder.File("x" + extension)), ImageFile.Encode(extension.ToUpperInvariant(), bitmap, options));
        }

        Assert.Contains("'.gif'", Assert.Throws<ArgumentException>(() => ImageFile.Encode(".gif", bitmap)).Message);
    }

    [Fact]
    public void A_graymap_of_colors_is_refused_and_leaves_nothing()
    {
        using TemporaryFolder folder = new();
        Assert.Throws<ArgumentException>(() => ImageFile.Create(folder.File("x.pgm"), 1, 1, PixelLayout.Rgb24));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFile.Create(folder.File("x.png"), 0, 1, PixelLayout.Rgb24));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("", "empty file")]
    [InlineData("00", "file (starts with 00)")]
    [InlineData("0001FF80AABBCCDDEE", "file (starts with 00 01 FF 80 AA BB CC DD)")]
    public void Unknown_files_are_named_with_their_first_bytes(string bytes, string end)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("photo.xyz");
        File.WriteAllBytes(path, Convert.FromHexString(bytes));
        ImageFormatException error = Assert.Throws<ImageFormatException>(() => ImageFile.Open(path));
        Assert.StartsWith(path + ": ", error.Message);
        Assert.EndsWith(end, error.Message);
        if (bytes.Length > 0)
            Assert.StartsWith("not a PNG, ", error.Problem);
    }

    [Fact]
    public void A_name_cannot_break_the_message()
    {
        ImageFormatException error = Assert.Throws<ImageFormatException>(() => ImageFile.Open(new MemoryStream(), "a\e[31m\nb\u2028c"));
        Assert.Equal(("a?[31m?b?c: empty file", "a\e[31m\nb\u2028c"), (error.Message, error.Source));
    }

    [Fact]
    public void Nulls_are_named()
    {
        Assert.Throws<ArgumentNullException>("image", () => ImageFile.Write("x.png", null!));
        Assert.Throws<ArgumentNullException>("path", () => ImageFile.Write(null!, new PixelImage(1, 1, PixelLayout.Gray8)));
        Assert.Throws<ArgumentNullException>("path", () => ImageFile.CanWrite(null!));
        Assert.Throws<ArgumentNullException>("path", () => ImageFile.Read((string)null!));
        Assert.Throws<ArgumentNullException>("stream", () => ImageFile.Open(null!, "x"));
    }

    [Fact]
    public void Missing_files_and_folders_are_named()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("none.png"), inside = folder.File("none/x.png");
        Assert.Contains(path, Assert.Throws<FileNotFoundException>(() => ImageFile.Read(path)).Message);
        Assert.Contains(folder.Path, Assert.Throws<UnauthorizedAccessException>(() => ImageFile.Read(folder.Path)).Message);
        PixelImage bitmap = new(1, 1, PixelLayout.Gray8);
        Assert.Contains(inside, Assert.Throws<DirectoryNotFoundException>(() => ImageFile.Write(inside, bitmap)).Message);
        Directory.CreateDirectory(path);
        Assert.Contains(path, Assert.Throws<IOException>(() => ImageFile.Write(path, bitmap)).Message);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_stream_is_read_without_seeking_and_closed_even_when_refused()
    {
        (byte[] file, byte[] pixels) = new PngForge(7, 5, 2, 8, Interlaced: false, Transparent: false, Seed: 1).Make();
        using (ImageReader reader = ImageFile.Open(new TricklingStream(file), "pipe"))
            Assert.Equal(pixels, reader.ReadAll().Bytes);
        MemoryStream refused = new([1, 2, 3]), damaged = new(file[..20]);
        Assert.Throws<ImageFormatException>(() => ImageFile.Open(refused, "refused"));
        Assert.Throws<ImageFormatException>(() => ImageFile.Open(damaged, "damaged"));
        Assert.False(refused.CanRead || damaged.CanRead);
    }

    [Fact]
    public void Limits_reach_the_codecs()
    {
        using TemporaryFolder folder = new();
        foreach (string name in new[] { "x.png", "x.ppm" })
        {
            ImageFile.Write(folder.File(name), new PixelImage(10, 10, PixelLayout.Rgb24));
            Assert.Equal(10, ImageFile.Read(folder.File(name), new() { MaxPixels = 100 }).Width);
            ImageReadOptions tight = new() { MaxPixels = 99 };
            ImageFormatException error = Assert.Throws<ImageFormatException>(() => ImageFile.Open(folder.File(name), tight));
            Assert.Equal("10x10 are 100 pixels, the limit is 99", error.Problem);
        }
    }
}
