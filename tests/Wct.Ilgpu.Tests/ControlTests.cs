using ILGPU.Runtime;
using Wct.Kernels.Tests.Gpu;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Transforms;

namespace Wct.Ilgpu.Tests;

/// <summary>Tests that the controls give the CPU's result for pictures in the accelerator's memory.</summary>
public sealed class ControlTests : IDisposable
{
    private const int Width = 16, Height = 15, StyleWidth = 12, StyleHeight = 9;

    private readonly WctModel _model = RandomModel.Create([8, 8], 3);
    private readonly IlgpuBackend _backend = CpuAccelerator.Open();
    private readonly StyleTransfer _transfer, _cpu;
    private readonly PixelImage _photo = Pictures.Textured(Width, Height), _painting = Pictures.Textured(StyleWidth, StyleHeight, 2);

    public ControlTests()
    {
        _transfer = new StyleTransfer(_model, new LoadOptions { Backend = _backend });
        _cpu = new StyleTransfer(_model, new LoadOptions { Device = DeviceChoice.Cpu, Threads = 1 });
    }

    public void Dispose()
    {
        _transfer.Dispose();
        _cpu.Dispose();
        _backend.Dispose();
    }

    [Theory]
    [InlineData("adain")]
    [InlineData("ot")]
    [InlineData("swap-raw")]
    public void TransformsMatchTheCpu(string transform)
    {
        StylizeOptions options = new()
        {
            Transform = FeatureTransform.Named(transform),
            Levels = [new(2) { Strength = 0.7 }, 1],
        };
        Check(options, mask: null);
    }

    [Fact]
    public void PhotoModeAndColorsMatchTheCpu() => Check(
        new StylizeOptions { Photo = new PhotoOptions(), PreserveColor = ColorPreservation.Luminance, Levels = [2] }, mask: null);

    [Fact]
    public void MaskedAndRecoloredStylesMatchTheCpu() =>
        Check(new StylizeOptions { PreserveColor = ColorPreservation.Linear }, Half(StyleWidth, StyleHeight, isLeft: true));

    [Fact]
    public void RegionsMatchTheCpu()
    {
        using MemoryBuffer1D<byte, ILGPU.Stride1D.Dense> picture = _backend.Accelerator.Upload(_photo);
        StyleRegion[] regions =
        [
            new(Half(Width, Height, isLeft: true), _cpu.PrepareStyle(_painting)),
            new(Half(Width, Height, isLeft: false), _cpu.PrepareStyle(Pictures.Textured(StyleWidth, StyleHeight, 3))),
        ];
        _transfer.Stylize(_backend.Accelerator, picture.View, regions, picture.View, Width, Height);
        Transfers.AssertAlike(_cpu.Stylize(_photo, regions).Bytes, picture.GetAsArray1D());
    }

    private void Check(StylizeOptions options, StyleMask? mask)
    {
        PictureColors colors = PictureColors.Of(_photo);
        using MemoryBuffer1D<byte, ILGPU.Stride1D.Dense> content = _backend.Accelerator.Upload(_photo),
            style = _backend.Accelerator.Upload(_painting), result = _backend.Accelerator.Upload(new PixelImage(Width, Height));
        PreparedStyle measured = _transfer.PrepareStyle(
            _backend.Accelerator, style.View, StyleWidth, StyleHeight, mask, colors, options: options);
        _transfer.Stylize(_backend.Accelerator, content.View, measured, result.View, Width, Height, options: options);
        PreparedStyle expected = _cpu.PrepareStyle(_painting, mask, colors, options);
        Transfers.AssertAlike(_cpu.Stylize(_photo, expected, options).Bytes, result.GetAsArray1D());
    }

    // A mask of the left or right half, with a soft edge.
    private static StyleMask Half(int width, int height, bool isLeft)
    {
        byte[] shares = new byte[width * height];
        for (int i = 0; i < shares.Length; i++)
            shares[i] = i % width < width / 2 == isLeft ? (byte)255 : (byte)0;
        return new StyleMask(shares, width, height).Feather(2);
    }
}
