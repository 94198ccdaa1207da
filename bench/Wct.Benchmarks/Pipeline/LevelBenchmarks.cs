using BenchmarkDotNet.Attributes;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Benchmarks.Pipeline;

/// <summary>One level of a 512x512 picture with a prepared style: encode, whiten and color, decode. The weights are random, because the
/// time depends only on the shapes.</summary>
[BenchmarkCategory("levels")]
public class LevelBenchmarks
{
    private const int Side = 512;

    private StyleTransfer _transfer = null!;
    private PixelImage _content = null!;
    private PreparedStyle _style = null!;

    [Params("compact", "full")]
    public string Widths { get; set; } = "";

    [Params(1, 2, 3, 4, 5)]
    public int Level { get; set; }

    private StylizeOptions Options => new() { Levels = [Level] };

    [GlobalSetup]
    public void Setup()
    {
        _transfer = new StyleTransfer(RandomModel.Create(Widths == "full" ? RandomModel.FullWidths : RandomModel.CompactWidths, 1));
        _content = new PixelImage(Noise.Bytes(Side * Side * 3), Side, Side);
        _style = _transfer.PrepareStyle(_content, new StylizeOptions { Levels = [Level] });
    }

    [Benchmark]
    public PixelImage Stylize() => _transfer.Stylize(_content, _style, Options);

    [GlobalCleanup]
    public void Cleanup() => _transfer.Dispose();
}
