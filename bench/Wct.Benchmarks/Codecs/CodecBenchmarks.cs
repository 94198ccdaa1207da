using BenchmarkDotNet.Attributes;
using Wct.Imaging;

namespace Wct.Benchmarks.Codecs;

/// <summary>Reading and writing picture files, which stay in the disk's cache; rates count the pixels' bytes.</summary>
[BenchmarkCategory("codecs")]
public class CodecBenchmarks : ICounted
{
    private const int Side = 1024;

    private string _folder = "", _file = "";
    private PixelImage _picture = null!;

    [Params("jpg", "png", "ppm")]
    public string Format { get; set; } = "";

    public double Work => 3.0 * Side * Side;

    public string Unit => "GB/s";

    [GlobalSetup]
    public void Setup()
    {
        _folder = Directory.CreateTempSubdirectory("wct-codecs").FullName;
        _file = Path.Combine(_folder, "picture." + Format);
        _picture = new PixelImage(Side, Side, PixelLayout.Rgb24);
        // Smooth shapes with a little noise, as in photos; codecs are not made for pure noise.
        byte[] noise = Noise.Bytes(_picture.Bytes.Length);
        for (int i = 0; i < noise.Length; i++)
        {
            double x = i / 3 % Side, y = i / 3 / Side;
            _picture.Bytes[i] = (byte)(120 + 60 * Math.Sin(x / 37 + i % 3) + 60 * Math.Cos(y / 23 + x / 91) + noise[i] % 8);
        }

        ImageFile.Write(_file, _picture);
    }

    [Benchmark]
    public PixelImage Read() => ImageFile.Read(_file);

    [Benchmark]
    public void Write() => ImageFile.Write(Path.Combine(_folder, "written." + Format), _picture);

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(_folder, true);
}
