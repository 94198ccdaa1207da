using BenchmarkDotNet.Attributes;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Benchmarks.Pipeline;

/// <summary>Whole pictures with the built-in model, and with full-size networks of random weights, because the time depends only on the
/// shapes.</summary>
[BenchmarkCategory("pipeline")]
public class StylizeBenchmarks
{
    private StyleTransfer _transfer = null!;
    private PixelImage _content = null!, _painting = null!;
    private PreparedStyle _style = null!;

    [Params("default", "full")]
    public string Model { get; set; } = "";

    [Params(256, 512)]
    public int Side { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _transfer = new StyleTransfer(Model == "full" ? RandomModel.Create(RandomModel.FullWidths, 1) : WctModel.LoadDefault());
        _content = new PixelImage(Noise.Bytes(Side * Side * 3), Side, Side);
        _painting = new PixelImage(Noise.Bytes(Side * Side * 3), Side, Side);
        _style = _transfer.PrepareStyle(_painting);
    }

    [Benchmark]
    public PreparedStyle PrepareStyle() => _transfer.PrepareStyle(_painting);

    [Benchmark]
    public PixelImage Stylize() => _transfer.Stylize(_content, _style);

    [GlobalCleanup]
    public void Cleanup() => _transfer.Dispose();
}
