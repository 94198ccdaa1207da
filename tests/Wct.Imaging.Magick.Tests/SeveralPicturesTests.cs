using ImageMagick;
using Wct.Imaging.Tests;

namespace Wct.Imaging.Magick.Tests;

/// <summary>Of files with several pictures, the first one is read.</summary>
public sealed class SeveralPicturesTests
{
    private const int Width = 40, Height = 30;

    public SeveralPicturesTests() => MagickFormats.Register();

    [Theory]
    [InlineData(MagickFormat.WebP)]
    [InlineData(MagickFormat.Jxl)]
    public void AnimationsOfManyFramesAreRead(MagickFormat format)
    {
        byte[] file = Many(format, 70);
        PixelImage seen = ImageFile.Read(new MemoryStream(file));
        Assert.Equal((Width, Height), (seen.Width, seen.Height));
        Assert.Equal(TestPictures.Rgba(Frame(0)), TestPictures.Rgba(seen));
    }

    [Fact]
    public void OnlyTheFirstFrameOfAWebPAnimationIsDecoded()
    {
        byte[] file = Many(MagickFormat.WebP, 70), first = WebPFrames.First(file);
        Assert.Equal(70, Count(file));
        Assert.Equal(1, Count(first));
        Assert.Equal(first.Length - 8, BitConverter.ToInt32(first, 4));
        Assert.Same(first, WebPFrames.First(first));
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("a.webp"), file);
        Assert.Equal(MagickProgram.Decode(folder.File("a.webp[0]")), TestPictures.Rgba(ImageFile.Read(folder.File("a.webp"))));
        for (int length = 0; length < file.Length; length += 37)
            Assert.True(WebPFrames.First(file[..length]).Length <= length);
    }

    [Fact]
    public void TheFirstPageOfATiffFileIsRead() => Assert.Equal(
        TestPictures.Rgba(Frame(0)), TestPictures.Rgba(ImageFile.Read(new MemoryStream(Many(MagickFormat.Tiff, 3)))));

    [Fact]
    public void TheMergedPictureOfADocumentWithManyLayersIsRead()
    {
        // ImageMagick takes the first picture for the merged one, and writes the others as layers.
        byte[] file = Many(MagickFormat.Psb, 71);
        Assert.Equal(TestPictures.Rgba(Frame(0)), TestPictures.Rgba(ImageFile.Read(new MemoryStream(file))));
    }

    private static int Count(byte[] file)
    {
        int count = 0;
        for (int at = 0; file.AsSpan(at).IndexOf("ANMF"u8) is >= 0 and int found; at += found + 4)
            count++;
        return count;
    }

    private static PixelImage Frame(int number) => TestPictures.Hard(Width, Height, seed: number);

    private static byte[] Many(MagickFormat format, int count)
    {
        Assert.Equal(LibraryState.Restricted, MagickLibrary.State);
        using MagickImageCollection frames = [];
        for (int i = 0; i < count; i++)
        {
            MagickImage frame = new();
            frame.ReadPixels(Frame(i).Bytes, new PixelReadSettings(Width, Height, StorageType.Char, "RGB"));
            (frame.AnimationDelay, frame.Quality) = (5, 100);
            frame.Settings.SetDefine("webp:lossless", "true");
            frame.Settings.SetDefine("jxl:effort", "3");
            frames.Add(frame);
        }

        return frames.ToByteArray(format);
    }
}
