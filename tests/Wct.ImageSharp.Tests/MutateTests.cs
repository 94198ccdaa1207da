using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.ImageSharp.Tests;

public sealed class MutateTests(ITestOutputHelper output) : IDisposable
{
    private const int Side = 512;

    private readonly StyleTransfer _transfer = Images.Transfer();

    private PreparedStyle Style => _transfer.PrepareStyle(Pictures.Textured(20, 21, 2));

    public void Dispose() => _transfer.Dispose();

    [Fact]
    public void CloneLeavesTheOriginal()
    {
        PreparedStyle style = Style;
        using Image<Rgba32> image = Images.Make<Rgba32>();
        byte[] before = Images.Read(image).Bytes;
        using Image<Rgba32> styled = image.Clone(x => x.Stylize(_transfer, style));
        Assert.Equal(before, Images.Read(image).Bytes);
        Assert.Equal(_transfer.Stylize(Images.Read(image), style).Bytes, Images.Read(styled).Bytes);
        // An image whose pixel type isn't known.
        Image any = image;
        any.Mutate(x => x.Stylize(_transfer, style));
        Assert.Equal(Images.Read(styled).Bytes, Images.Read(image).Bytes);
    }

    [Fact]
    public void OnlyTheRectangleIsStylized()
    {
        Rectangles<Rgba32>();
        Rectangles<L8>();
        Rectangles<Rgb48>();
    }

    [Fact]
    public void ARectangleWithoutPixelsIsRefused()
    {
        PreparedStyle style = Style;
        using Image<Rgb24> image = Images.Make<Rgb24>();
        string message = Assert.Throws<ArgumentException>(
            "rectangle", () => image.Mutate(x => x.Stylize(_transfer, style, rectangle: new Rectangle(30, 2, 5, 5)))).Message;
        Assert.StartsWith("The rectangle 5x5 at (30, 2) has no pixel of the image, which has 24x19.", message);
    }

    // Unlike conversion, it needs no memory for the picture: the image's own array is read and written.
    [Fact]
    public void ImagesInOnePieceAreNotCopied()
    {
        using StyleTransfer transfer = new(RandomModel.Create([8, 8], 1), new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });
        PreparedStyle style = transfer.PrepareStyle(Pictures.Textured(Side, Side, 2));
        Assert.InRange(Allocated<Rgb24>(transfer, style), 0, 150_000);
        Assert.InRange(Allocated<Bgr24>(transfer, style), 0, 150_000);
        Assert.InRange(Allocated<Rgba32>(transfer, style), 0, 150_000);
        Assert.InRange(Allocated<Bgra32>(transfer, style), 0, 150_000);
        // The result in color, before it becomes gray, but no copy of the content.
        Assert.InRange(Allocated<L8>(transfer, style), 3 * Side * Side, 3 * Side * Side + 150_000);
    }

    // ImageSharp divides images of more than 4 MB.
    [Fact]
    public void ImagesInSeveralPiecesGiveTheSameResult()
    {
        InPieces<Rgba32>(1500, 900);
        InPieces<L8>(2500, 1800);
    }

    [Fact]
    public void RegionsAreStylizedByTheirMasks()
    {
        PreparedStyle style = Style;
        using Image<L8> mask = new(Images.Width, Images.Height);
        for (int i = 0; i < Images.Width * Images.Height; i++)
            mask[i % Images.Width, i / Images.Width] = new L8((byte)(i % Images.Width < 10 ? 255 : 0));
        StyleRegion[] regions = [new(mask.ToStyleMask(), style)];
        using Image<Bgra32> image = Images.Make<Bgra32>();
        PixelImage expected = _transfer.Stylize(Images.Read(image), regions);
        image.Mutate(x => x.Stylize(_transfer, regions));
        Assert.Equal(expected.Bytes, Images.Read(image).Bytes);
    }

    [Fact]
    public void ArgumentsAreChecked()
    {
        PreparedStyle style = Style;
        using Image<Rgb24> image = Images.Make<Rgb24>();
        Assert.Throws<ArgumentNullException>("context", () => StylizeExtensions.Stylize(null!, _transfer, style));
        Assert.Throws<ArgumentNullException>("transfer", () => image.Mutate(x => x.Stylize(null!, style)));
        Assert.Throws<ArgumentNullException>("style", () => image.Mutate(x => x.Stylize(_transfer, (PreparedStyle)null!)));
        Assert.Throws<ArgumentNullException>("style", () => image.Mutate(x => x.Stylize(_transfer, (Image)null!)));
        Assert.Throws<ArgumentNullException>("regions", () => image.Mutate(x => x.Stylize(_transfer, (StyleRegion[])null!)));
        Assert.Throws<ArgumentNullException>("style", () => _transfer.PrepareStyle((Image)null!));
        StyleRegion small = new(new StyleMask(new byte[4], 2, 2), style);
        Assert.Contains("2x2", Assert.Throws<ArgumentException>(() => image.Mutate(x => x.Stylize(_transfer, [small]))).Message);
    }

    private void InPieces<TPixel>(int width, int height)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        Configuration inPieces = Configuration.Default.Clone(), inOnePiece = Configuration.Default.Clone();
        inPieces.PreferContiguousImageBuffers = false;
        inOnePiece.PreferContiguousImageBuffers = true;
        StylizeOptions options = new() { Levels = [1] };
        PreparedStyle style = Style;
        using Image<TPixel> pieces = new(inPieces, width, height), whole = new(inOnePiece, width, height);
        Random random = new(5);
        for (int i = 0; i < width * height; i++)
        {
            TPixel pixel = default;
            pixel.FromRgba32(new Rgba32((byte)i, (byte)random.Next(256), (byte)(i / width), 255));
            pieces[i % width, i / width] = whole[i % width, i / width] = pixel;
        }

        Assert.False(pieces.DangerousTryGetSinglePixelMemory(out _));
        Assert.True(whole.DangerousTryGetSinglePixelMemory(out _));
        pieces.Mutate(x => x.Stylize(_transfer, style, options));
        whole.Mutate(x => x.Stylize(_transfer, style, options));
        byte[] expected = Images.Read(whole).Bytes, actual = Images.Read(pieces).Bytes;
        Assert.True(expected.AsSpan().SequenceEqual(actual), $"the results differ: {typeof(TPixel).Name}");
    }

    private void Rectangles<TPixel>()
        where TPixel : unmanaged, IPixel<TPixel>
    {
        PreparedStyle style = Style;
        // The second one is cut at the image's right and lower border.
        foreach (Rectangle rectangle in new[] { new Rectangle(4, 3, 13, 11), new Rectangle(9, 8, 40, 40) })
        {
            using Image<TPixel> image = Images.Make<TPixel>();
            Rectangle inside = Rectangle.Intersect(rectangle, new Rectangle(0, 0, image.Width, image.Height));
            using Image<TPixel> part = image.Clone(x => x.Crop(inside)), original = image.Clone();
            part.Mutate(x => x.Stylize(_transfer, style));
            image.Mutate(x => x.Stylize(_transfer, style, rectangle: rectangle));
            for (int i = 0; i < image.Width * image.Height; i++)
            {
                int x = i % image.Width, y = i / image.Width;
                Assert.Equal(inside.Contains(x, y) ? part[x - inside.X, y - inside.Y] : original[x, y], image[x, y]);
            }
        }
    }

    // The least that a call allocates. The pool sometimes frees memory.
    private long Allocated<TPixel>(StyleTransfer transfer, PreparedStyle style)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        TPixel[] pixels = new TPixel[Side * Side];
        Random random = new(1);
        for (int i = 0; i < pixels.Length; i++)
            pixels[i].FromRgba32(new Rgba32((byte)i, (byte)random.Next(256), (byte)(i / Side), 255));
        TPixel[] before = [.. pixels];
        using Image<TPixel> image = Image.WrapMemory<TPixel>(pixels, Side, Side);
        long allocated = long.MaxValue;
        for (int i = 0; i < 4; i++)
        {
            long start = GC.GetAllocatedBytesForCurrentThread();
            image.Mutate(x => x.Stylize(transfer, style));
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - start);
        }

        output.WriteLine($"{typeof(TPixel).Name}: {allocated} bytes");
        Assert.NotEqual(before, pixels);
        return allocated;
    }
}
