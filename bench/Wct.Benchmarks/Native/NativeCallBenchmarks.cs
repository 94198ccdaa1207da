using BenchmarkDotNet.Attributes;
using Wct.Net;
using Client = Wct.Bindings;

namespace Wct.Benchmarks.Native;

/// <summary>Stylizes the same picture with Wct.Net and with libwct through its client. The difference is the cost of a native call, which
/// counts most for 16x16 pixels.</summary>
[BenchmarkCategory("native")]
public class NativeCallBenchmarks
{
    private StyleTransfer _managed = null!;
    private PreparedStyle _style = null!;
    private PixelImage _content = null!;
    private Client.StyleTransfer _native = null!;
    private Client.PreparedStyle _nativeStyle = null!;
    private byte[] _result = [];

    [Params(16, 512)]
    public int Side { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        LibwctFile.Use();
        _content = new PixelImage(Noise.Bytes(Side * Side * 3), Side, Side);
        _result = new byte[_content.Bytes.Length];
        _managed = StyleTransfer.Load(new LoadOptions { Device = DeviceChoice.Cpu });
        _style = _managed.PrepareStyle(_content);
        _native = Client.StyleTransfer.Load(new Client.LoadOptions { Device = "cpu" });
        _nativeStyle = _native.PrepareStyle(Pixels);
    }

    private Client.Pixels Pixels => new(_content.Bytes, Side, Side);

    [Benchmark(Baseline = true)]
    public void Managed() => _managed.Stylize(_content, _style, _result, 0, PixelLayout.Rgb24);

    [Benchmark]
    public void Libwct() => _native.Stylize(Pixels, _nativeStyle, _result, 0, Client.PixelLayout.Rgb24);

    /// <summary>Measures a native call that does no other work.</summary>
    [Benchmark]
    public string LibwctVersion() => Client.StyleTransfer.LibraryVersion;

    [GlobalCleanup]
    public void Cleanup()
    {
        _managed.Dispose();
        _nativeStyle.Dispose();
        _native.Dispose();
    }
}
