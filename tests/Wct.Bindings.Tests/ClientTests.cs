extern alias managed;

using System.Runtime.InteropServices;
using Managed = managed::Wct.Net;

namespace Wct.Bindings.Tests;

/// <summary>Tests the client with the published library, and compares its results with those of Wct.Net.</summary>
public class ClientTests
{
    private const int Width = 33, Height = 21;

    public ClientTests() => NativeLibrary.Need();

    [Theory]
    [InlineData(PixelLayout.Rgb24, 0)]
    [InlineData(PixelLayout.Bgra32, 160)]
    [InlineData(PixelLayout.Gray8, 40)]
    [InlineData(PixelLayout.RgbaPremultiplied, 0)]
    [InlineData(PixelLayout.BgraPremultiplied, 160)]
    public void GivesTheManagedLibrarysResult(PixelLayout format, int stride)
    {
        byte[] photo = Samples.Bytes(Height * Math.Max(stride, Width * format.BytesPerPixel()), 1),
            painting = Samples.Bytes(3 * 24 * 24, 2);
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = "cpu", Threads = 2 });
        PixelImage result = transfer.Stylize(
            new Pixels(photo, Width, Height, stride, format), new Pixels(painting, 24, 24),
            new StylizeOptions { Strength = 0.9, Levels = [3, 1] });

        using Managed.StyleTransfer twin = Managed.StyleTransfer.Load(new Managed.LoadOptions { Device = Managed.DeviceChoice.Cpu });
        Wct.PixelImage expected = twin.Stylize(
            new Wct.PixelImage(photo, Width, Height, stride, (Wct.PixelLayout)format), new Wct.PixelImage(painting, 24, 24),
            new Managed.StylizeOptions { Strength = 0.9, Levels = [3, 1] });
        Assert.Equal((expected.Width, expected.Height, expected.Layout), (result.Width, result.Height, (Wct.PixelLayout)result.Layout));
        // The library is compiled for one vector width, which may differ from the one that Wct.Net uses on this machine.
        Assert.All(expected.Bytes.Zip(result.Bytes), pair => Assert.InRange(pair.Second - pair.First, -1, 1));
    }

    // As in the memory of a locked bitmap: premultiplied colors, stylized in place, with some hidden pixels.
    [Fact]
    public void PremultipliedBitmapsStayPremultiplied()
    {
        byte[] pixels = Samples.Bytes(4 * Width * Height, 9), painting = Samples.Bytes(3 * 24 * 24, 4);
        for (int i = 0; i < pixels.Length; i += 4)
        {
            pixels[i + 3] = i % 28 == 0 ? (byte)0 : pixels[i + 3];
            for (int c = 0; c < 3; c++)
                pixels[i + c] = (byte)(pixels[i + c] * pixels[i + 3] / 255);
        }

        byte[] before = [.. pixels];
        using StyleTransfer transfer = StyleTransfer.Load();
        using PreparedStyle style = transfer.PrepareStyle(new Pixels(painting, 24, 24), new StylizeOptions { Levels = [2, 1] });
        transfer.Stylize(
            new Pixels(pixels, Width, Height, 0, PixelLayout.BgraPremultiplied), style, pixels, 0, PixelLayout.BgraPremultiplied,
            new StylizeOptions { Levels = [2] });
        Assert.NotEqual(before, pixels);
        for (int i = 0; i < pixels.Length; i++)
        {
            Assert.True(i % 4 != 3 || pixels[i] == before[i], $"alpha at {i} is {pixels[i]}, not {before[i]}");
            Assert.InRange(pixels[i], 0, pixels[i / 4 * 4 + 3]);
        }

        Assert.True(PixelLayout.BgraPremultiplied.IsPremultiplied() && PixelLayout.BgraPremultiplied.HasAlpha()
            && !PixelLayout.Bgra32.IsPremultiplied());
    }

    [Fact]
    public void MemoryAtAnAddressIsStylizedInPlace()
    {
        const int Stride = 192;
        byte[] pixels = Samples.Bytes(Stride * Height, 3), painting = Samples.Bytes(3 * 24 * 24, 4), before = [.. pixels];
        using StyleTransfer transfer = StyleTransfer.Load();
        using PreparedStyle style = transfer.PrepareStyle(new Pixels(painting, 24, 24), new StylizeOptions { Levels = [2, 1] });
        StylizeOptions options = new() { Levels = [2] };
        byte[] expected = [.. pixels];
        transfer.Stylize(
            new Pixels(pixels, Width, Height, Stride, PixelLayout.Bgra32), style, expected, Stride, PixelLayout.Bgra32, options);

        GCHandle pin = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            IntPtr address = pin.AddrOfPinnedObject();
            Pixels photo = new(address, pixels.Length, Width, Height, Stride, PixelLayout.Bgra32);
            transfer.Stylize(photo, style, address, pixels.Length, Stride, PixelLayout.Bgra32, options);
        }
        finally
        {
            pin.Free();
        }

        Assert.Equal(expected, pixels);
        Assert.NotEqual(before, pixels);
        Assert.Equal(Gaps(before), Gaps(pixels));

        static byte[] Gaps(byte[] picture) => [.. picture.Where((_, i) => i % Stride >= 4 * Width)];
    }

    [Fact]
    public void StylesOutliveTheirTransferAndCanBeSaved()
    {
        using TemporaryFolder folder = new();
        Pixels photo = new(Samples.Bytes(3 * Width * Height, 5), Width, Height), painting = new(Samples.Bytes(3 * 30 * 20, 6), 30, 20);
        StyleTransfer first = StyleTransfer.Load();
        using PreparedStyle style = first.PrepareStyle(painting);
        byte[] expected = first.Stylize(photo, style).Bytes;
        string path = folder.File("größer 风格.safetensors");
        style.Save(path);
        first.Dispose();

        using StyleTransfer second = StyleTransfer.Load();
        using PreparedStyle read = PreparedStyle.Load(path, second);
        Assert.Equal(expected, second.Stylize(photo, read).Bytes);
        Assert.Equal(expected, second.Stylize(photo, style).Bytes);
    }

    [Fact]
    public void ModelsCanBeLoadedFromFilesAndMemory()
    {
        using TemporaryFolder folder = new();
        Managed.Models.RandomModel.Create([4, 4, 4, 4, 4], 1).Save(folder.File("model.safetensors"));
        Pixels photo = new(Samples.Bytes(3 * Width * Height, 7), Width, Height), painting = new(Samples.Bytes(3 * 30 * 20, 8), 30, 20);
        using StyleTransfer file = StyleTransfer.Load(folder.File("model.safetensors")), carried = StyleTransfer.Load();
        using StyleTransfer memory = StyleTransfer.Load(File.ReadAllBytes(folder.File("model.safetensors")));
        byte[] result = file.Stylize(photo, painting).Bytes;
        Assert.Equal(result, memory.Stylize(photo, painting).Bytes);
        Assert.NotEqual(result, carried.Stylize(photo, painting).Bytes);

        using PreparedStyle foreign = file.PrepareStyle(painting);
        ModelMismatchException wrong = Assert.Throws<ModelMismatchException>(() => carried.Stylize(photo, foreign));
        Assert.Contains("another model", wrong.Message);
    }

    [Fact]
    public void DescribesItsDeviceAndVersion()
    {
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = "cpu", Threads = 3 });
        Assert.Matches(@"^CPU, \w+, 3 threads$", transfer.Device);
        Assert.Equal(typeof(StyleTransfer).Assembly.GetName().Version!.ToString(3), StyleTransfer.LibraryVersion);
    }
}
