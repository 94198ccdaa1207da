using ILGPU;
using ILGPU.Runtime;
using Wct.Kernels.Tests.Gpu;
using Wct.Net;
using Wct.Net.Transforms;

namespace Wct.Ilgpu.Tests;

/// <summary>Tests that stylizing pictures in the accelerator's memory gives the CPU's result.</summary>
public sealed class StylizeTests : IDisposable
{
    private const int Width = 13, Height = 11;

    private readonly IlgpuBackend _backend = CpuAccelerator.Open();
    private readonly StyleTransfer _transfer, _cpu = Transfers.OnCpu();

    public StylizeTests() => _transfer = Transfers.On(_backend);

    private Accelerator Accelerator => _backend.Accelerator;

    public void Dispose()
    {
        _transfer.Dispose();
        _cpu.Dispose();
        _backend.Dispose();
    }

    [Theory]
    [InlineData(PixelLayout.Rgb24)]
    [InlineData(PixelLayout.Bgra32)]
    public void TheResultMatchesTheCpu(PixelLayout format)
    {
        PixelImage photo = Pictures.Textured(Width, Height, 1, format), painting = Pictures.Textured(12, 9, 2, format);
        using MemoryBuffer1D<byte, Stride1D.Dense> content = Accelerator.Upload(photo), style = Accelerator.Upload(painting);
        // Bytes after the picture are unchanged.
        using MemoryBuffer1D<byte, Stride1D.Dense> result = Accelerator.Upload(new PixelImage(Width, Height, format), behind: 5);
        PreparedStyle measured = _transfer.PrepareStyle(Accelerator, style.View, 12, 9, format);
        _transfer.Stylize(Accelerator, content.View, measured, result.View, Width, Height, format);

        PixelImage expected = _cpu.Stylize(photo, painting);
        byte[] actual = result.GetAsArray1D();
        Transfers.AssertAlike(expected.Bytes, actual.AsSpan(0, expected.Bytes.Length));
        Assert.All(actual[expected.Bytes.Length..], value => Assert.Equal(77, value));
        if (format.HasAlpha())
            Assert.All(Enumerable.Range(0, Width * Height), pixel => Assert.Equal(photo.Bytes[4 * pixel + 3], actual[4 * pixel + 3]));
        Assert.Equal(photo.Bytes, content.GetAsArray1D());
    }

    // An application's own transform needs no code for the device.
    [Fact]
    public void OwnTransformsRunOnTheAccelerator()
    {
        StylizeOptions options = new() { Strength = 0.9, Transform = new Negate() };
        PixelImage photo = Pictures.Textured(Width, Height), painting = Pictures.Textured(12, 9, 2);
        using MemoryBuffer1D<byte, Stride1D.Dense> content = Accelerator.Upload(photo), style = Accelerator.Upload(painting);
        using MemoryBuffer1D<byte, Stride1D.Dense> result = Accelerator.Upload(new PixelImage(Width, Height));
        PreparedStyle measured = _transfer.PrepareStyle(Accelerator, style.View, 12, 9, options: options);
        _transfer.Stylize(Accelerator, content.View, measured, result.View, Width, Height, options: options);
        byte[] actual = result.GetAsArray1D();
        Transfers.AssertAlike(_cpu.Stylize(photo, painting, options).Bytes, actual);
        Assert.NotEqual(_cpu.Stylize(photo, painting).Bytes, actual);
    }

    private sealed class Negate : FeatureTransform
    {
        public override AffineMap Map(FeatureMoments content, StyleMoments style) => AffineMap.Scale(-1, content.Mean);
    }

    // Colors under alpha 0 are ignored, and premultiplied colors are converted, as on the host.
    [Theory]
    [InlineData(PixelLayout.Rgba32)]
    [InlineData(PixelLayout.BgraPremultiplied)]
    public void HiddenColorsAreIgnored(PixelLayout format)
    {
        PixelImage photo = Pictures.Textured(Width, Height, 1, format), painting = Pictures.Textured(12, 9, 2, format);
        foreach (PixelImage picture in (PixelImage[])[photo, painting])
        {
            for (int pixel = 0; pixel < picture.Width * picture.Height; pixel++)
            {
                Span<byte> bytes = picture.Bytes.AsSpan(4 * pixel, 4);
                bytes[3] = pixel % 5 == 0 ? (byte)0 : (byte)255;
                if (pixel % 5 == 0 && format.IsPremultiplied())
                    bytes.Clear();
            }
        }

        using MemoryBuffer1D<byte, Stride1D.Dense> content = Accelerator.Upload(photo), style = Accelerator.Upload(painting);
        using MemoryBuffer1D<byte, Stride1D.Dense> result = Accelerator.Upload(new PixelImage(Width, Height, format));
        PreparedStyle measured = _transfer.PrepareStyle(Accelerator, style.View, 12, 9, format);
        _transfer.Stylize(Accelerator, content.View, measured, result.View, Width, Height, format);
        Transfers.AssertAlike(_cpu.Stylize(photo, painting).Bytes, result.GetAsArray1D());
        Assert.Equal(photo.Bytes, content.GetAsArray1D());
    }

    // Pictures of the host use the same kernels.
    [Fact]
    public void PicturesOfTheHostGiveTheSameResult()
    {
        PixelImage photo = Pictures.Textured(Width, Height), painting = Pictures.Textured(12, 9, 2);
        PixelImage result = _transfer.Stylize(photo, painting);
        using MemoryBuffer1D<byte, Stride1D.Dense> content = Accelerator.Upload(photo);
        _transfer.Stylize(Accelerator, content.View, _transfer.PrepareStyle(painting), content.View, Width, Height);
        Assert.Equal(result.Bytes, content.GetAsArray1D());
        Transfers.AssertAlike(_cpu.Stylize(photo, painting).Bytes, result.Bytes);
    }

    [Fact]
    public void PicturesMayBePartsOfBuffers()
    {
        PixelImage photo = Pictures.Textured(Width, Height), painting = Pictures.Textured(12, 9, 2);
        PreparedStyle style = _cpu.PrepareStyle(painting);
        int bytes = photo.Bytes.Length;
        using MemoryBuffer1D<byte, Stride1D.Dense> both = Accelerator.Allocate1D<byte>(2 * bytes + 7);
        both.View.MemSetToZero();
        both.View.SubView(0, bytes).CopyFromCPU(photo.Bytes);
        _transfer.Stylize(Accelerator, both.View.SubView(0, bytes), style, both.View.SubView(bytes + 7, bytes), Width, Height);
        byte[] all = both.GetAsArray1D();
        Transfers.AssertAlike(_cpu.Stylize(photo, style).Bytes, all.AsSpan(bytes + 7));
        Assert.Equal(photo.Bytes, all[..bytes]);
        Assert.All(all[bytes..(bytes + 7)], value => Assert.Equal(0, value));
    }

    // The budget is too small for the whole picture, so it is divided into tiles.
    [Fact]
    public void ASmallBudgetMakesTiles()
    {
        const int Side = 48;
        PixelImage photo = Pictures.Textured(Side, Side), painting = Pictures.Textured(16, 16, 2);
        PreparedStyle style = _cpu.PrepareStyle(painting);
        StylizeOptions whole = new(), options = whole with { MaxMemory = LeastBudget(photo, style) };
        using MemoryBuffer1D<byte, Stride1D.Dense> content = Accelerator.Upload(photo);
        using MemoryBuffer1D<byte, Stride1D.Dense> result = Accelerator.Upload(new PixelImage(Side, Side));
        RecordedProgress<StylizeProgress> progress = new();
        _transfer.Stylize(Accelerator, content.View, style, result.View, Side, Side, options: options, progress: progress);
        Transfers.AssertAlike(_cpu.Stylize(photo, style, whole).Bytes, result.GetAsArray1D());
        double[] fractions = [.. progress.Reports.Select(report => report.Fraction)];
        Assert.Equal(1, fractions[^1], 1e-9);
        Assert.Equal(fractions.Order(), fractions);
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => _transfer.Stylize(Accelerator, content.View, style, result.View, Side, Side, options: whole with { MaxMemory = 1000 }));
        Assert.Contains("The budget is 1000 bytes of memory", error.Message);
    }

    // Tiles are tried, with a warning. If there is no memory for tiles either, the exception names it and the result is unchanged.
    [Fact]
    public void WithoutDeviceMemoryTilesAreTried()
    {
        List<string> warnings = [];
        using StyleTransfer transfer = new(Transfers.Model, new LoadOptions { Backend = _backend, OnWarning = warnings.Add });
        PixelImage photo = Pictures.Textured(64, 64);
        PreparedStyle style = _cpu.PrepareStyle(Pictures.Textured(12, 9, 2));
        using MemoryBuffer1D<byte, Stride1D.Dense> content = Accelerator.Upload(photo);
        using MemoryBuffer1D<byte, Stride1D.Dense> result = Accelerator.Upload(Pictures.Constant(64, 64, 9));
        _backend.MemoryLimit = 100_000;
        string message = Assert.Throws<InsufficientMemoryException>(
            () => transfer.Stylize(Accelerator, content.View, style, result.View, 64, 64)).Message;
        Assert.Contains("of the device's memory, which can't be had", message);
        Assert.NotEmpty(warnings);
        Assert.All(warnings, warning => Assert.Contains("The picture goes on in", warning));
        Assert.All(result.GetAsArray1D(), value => Assert.Equal(9, value));
        // With the memory back, stylizing succeeds.
        _backend.MemoryLimit = null;
        transfer.Stylize(Accelerator, content.View, style, result.View, 64, 64);
        Transfers.AssertAlike(_cpu.Stylize(photo, style).Bytes, result.GetAsArray1D());
    }

    [Fact]
    public void CancelingLeavesTheResultUnchanged()
    {
        PixelImage photo = Pictures.Textured(Width, Height);
        PreparedStyle style = _cpu.PrepareStyle(photo);
        using CancellationTokenSource source = new();
        using MemoryBuffer1D<byte, Stride1D.Dense> content = Accelerator.Upload(photo);
        using MemoryBuffer1D<byte, Stride1D.Dense> result = Accelerator.Upload(Pictures.Constant(Width, Height, 9));
        Assert.Throws<OperationCanceledException>(() => _transfer.Stylize(
            Accelerator, content.View, style, result.View, Width, Height,
            progress: new CallbackProgress<StylizeProgress>(_ => source.Cancel()), cancellationToken: source.Token));
        Assert.All(result.GetAsArray1D(), value => Assert.Equal(9, value));
    }

    // The smallest budget, as named by the exception for a smaller one.
    private long LeastBudget(PixelImage photo, PreparedStyle style)
    {
        StylizeOptions options = new() { MaxMemory = 1 };
        ArgumentException error = Assert.Throws<ArgumentException>(() => _transfer.Stylize(photo, style, options));
        return long.Parse(error.Message.Split("pixels needs ")[1].Split(' ')[0]);
    }
}
