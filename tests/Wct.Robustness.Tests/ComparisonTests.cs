using Wct.Imaging;
using Wct.Imaging.Magick;
using Wct.Robustness.Comparison;

namespace Wct.Robustness.Tests;

public sealed class ComparisonTests
{
    [Fact]
    public void OurFilesDecodeTheSameInOtherPrograms()
    {
        Programs.Need("djpeg", "libjpeg-turbo-progs");
        Programs.Need("pngtopnm", "netpbm");
        using TemporaryFolder folder = new();
        foreach (PixelLayout format in (ReadOnlySpan<PixelLayout>)[PixelLayout.Gray8, PixelLayout.Rgb24, PixelLayout.Rgba32])
        {
            PixelImage bitmap = new(37, 21, format);
            new Random(3).NextBytes(bitmap.Bytes);
            ImageFile.Write(folder.File($"{format}.png"), bitmap);
            ImageFile.Write(folder.File($"{format}.jpg"), bitmap);
        }

        // Files that don't count: a copy, a file that is no picture, and a damaged file that no program opens.
        File.Copy(folder.File("Rgb24.png"), folder.File("copy.png"));
        File.WriteAllText(folder.File("text.png"), "no picture");
        File.WriteAllBytes(folder.File("cut.jpg"), File.ReadAllBytes(folder.File("Rgb24.jpg"))[..30]);
        using StringWriter output = new();
        int status;
        try
        {
            status = CompareCommand.Run(["--list", folder.File("list.txt"), folder.Path], output);
        }
        catch (UsageException error)
        {
            Assert.Skip(error.Message);
            return;
        }

        string text = output.ToString();
        Assert.Equal(0, status);
        Assert.Matches(@"PNG: 3 different files\s+both others open\s+3\s+refused here\s+0\s+the same, bit for bit\s+3", text);
        Assert.Matches(@"JPEG: \d different files\s+both others open\s+\d\s+refused here\s+0\s+the same, bit for bit\s+\d", text);
        Assert.DoesNotContain("Differs:", text);
        Assert.Single(File.ReadAllLines(folder.File("list.txt")), line => line.StartsWith("refused\t", StringComparison.Ordinal));
    }

    [Fact]
    public void FilesOfOtherFormatsAreCompared()
    {
        Programs.Need("convert", "imagemagick");
        MagickFormats.Register();
        using TemporaryFolder folder = new();
        PixelImage picture = new(19, 7, PixelLayout.Rgb24);
        new Random(3).NextBytes(picture.Bytes);
        ImageFile.Write(folder.File("a.tif"), picture);
        ImageFile.Write(folder.File("a.webp"), picture, new WebPWriteOptions { Lossless = true });
        byte[] tiff = File.ReadAllBytes(folder.File("a.tif"));
        File.WriteAllBytes(folder.File("cut.tif"), tiff[..8]);
        OtherFormats others = new(1 << 20);
        foreach (string file in new[] { "a.tif", "a.webp", "cut.tif" })
            others.Compare(folder.File(file), OtherFormats.NameOf(File.ReadAllBytes(folder.File(file)))!);
        using StringWriter output = new();
        others.Write(output);
        Assert.Equal((3, false), (others.Count, others.AnyRefused));
        Assert.Matches(@"TIFF +2 +1 +1 +0 +0 +0 +0 +0 +1", output.ToString());
        Assert.Matches(@"WebP +1 +1 +1 +0 +0 +0 +0 +0 +0", output.ToString());
        Assert.Null(OtherFormats.NameOf("no picture"u8));
    }

    [Fact]
    public void HiddenColorsAreNotCompared()
    {
        RgbaPicture one = new(2, 1, [1, 2, 3, 0, 4, 5, 6, 255]), other = new(2, 1, [9, 9, 9, 0, 4, 8, 6, 255]);
        Assert.Equal(3, one.VisibleDifference(other));
    }

    [Fact]
    public void OrientationsFollowExif()
    {
        // 2 x 1 pixels, red and blue. The expectations follow from what EXIF 2.3 says about the stored row 0 and column 0.
        RgbaPicture stored = new(2, 1, [255, 0, 0, 255, 0, 0, 255, 255]);
        foreach ((int orientation, int width, bool swapped) in (ReadOnlySpan<(int, int, bool)>)
            [(1, 2, false), (2, 2, true), (3, 2, true), (4, 2, false), (5, 1, false), (6, 1, false), (7, 1, true), (8, 1, true)])
        {
            RgbaPicture turned = stored.Turned(orientation);
            Assert.Equal((orientation, width, 3 - width), (orientation, turned.Width, turned.Height));
            Assert.Equal((orientation, swapped ? 0 : 255), (orientation, turned.Pixels[0]));
        }
    }

    [Theory]
    [InlineData("P6\n2 1\n255\n", new byte[] { 1, 2, 3, 4, 5, 6 }, new byte[] { 1, 2, 3, 255, 4, 5, 6, 255 })]
    [InlineData("P5 2 1 65535\n", new byte[] { 255, 255, 128, 128 }, new byte[] { 255, 255, 255, 255, 128, 128, 128, 255 })]
    [InlineData("P4\n2 1\n", new byte[] { 0x40 }, new byte[] { 255, 255, 255, 255, 0, 0, 0, 255 })]
    public void ProgramsOutputIsRead(string header, byte[] samples, byte[] pixels) =>
        Assert.Equal(pixels, NetpbmOutput.Parse([.. System.Text.Encoding.ASCII.GetBytes(header), .. samples])!.Pixels);

    [Theory]
    [InlineData("P6\n2 1\n255\n")]
    [InlineData("P6\n2 x\n255\n")]
    [InlineData("P3\n1 1\n255\n1 2 3")]
    [InlineData("")]
    public void IncompleteOutputIsNoPicture(string output) => Assert.Null(NetpbmOutput.Parse(System.Text.Encoding.ASCII.GetBytes(output)));

    [Fact]
    public void TheSizeIsReadFromTheHeader()
    {
        PixelImage bitmap = new(33, 21, PixelLayout.Rgb24);
        Assert.Equal(33 * 21, HeaderSize.Pixels(ImageFile.Encode(".png", bitmap), jpeg: false));
        Assert.Equal(33 * 21, HeaderSize.Pixels(ImageFile.Encode(".jpg", bitmap), jpeg: true));
        Assert.Equal(0, HeaderSize.Pixels([0xFF, 0xD8, 0xFF], jpeg: true));
    }
}
