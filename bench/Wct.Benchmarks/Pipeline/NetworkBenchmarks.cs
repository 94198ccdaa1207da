using BenchmarkDotNet.Attributes;
using Wct.Net;

namespace Wct.Benchmarks.Pipeline;

/// <summary>Whole pictures with a feed-forward network of the published widths on the CPU, pixels in and out.</summary>
[BenchmarkCategory("pipeline")]
public class NetworkBenchmarks
{
    private StyleNetwork _network = null!;
    private PixelImage _photo = null!;

    /// <summary>How the last layers double the sides.</summary>
    [Params("transposed", "upsampling")]
    public string Doubling { get; set; } = "";

    [Params(512, 1024)]
    public int Side { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _network = new StyleNetwork(
            JohnsonNetwork.Create(JohnsonNetwork.PublishedWidths, Doubling == "transposed"),
            new LoadOptions { Device = DeviceChoice.Cpu, Threads = Threads });
        _photo = new PixelImage(Noise.Bytes(Side * Side * 3), Side, Side);
    }

    [Benchmark]
    public PixelImage Apply() => _network.Apply(_photo);

    [GlobalCleanup]
    public void Cleanup() => _network.Dispose();
}
