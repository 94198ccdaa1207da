using Wct.Kernels;
using Wct.MathNet;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Tests.Pipeline;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Golden;

/// <summary>Compares every step of the cascade with the reference implementation. Each step gets the reference's input.</summary>
public class GoldenTests
{
    // The reference's float32 and float64 runs differ by 1e-13 to 1e-11. The limit leaves room for other orders of summation.
    private const double Limit = 1e-8;

    private static readonly (string File, string Folder)[] Runs =
    [
        ("compact16x_a060_96x64", "compact16x"), ("compact16x_a100_64x128", "compact16x"), ("vgg19_a060_64x48", "vgg19-relu3"),
        ("vgg19_a100_80x48", "vgg19-relu3"),
    ];

    // Not a device: another eigensolver on the CPU.
    private const string MathNet = "cpu and MathNet";

    /// <summary>Every golden file on every device, and with another eigensolver. Missing devices are skipped.</summary>
    public static TheoryData<string, string, string> Files
    {
        get
        {
            TheoryData<string, string, string> files = [];
            foreach (string device in new[] { "cpu", "cuda", "opencl", "cuda with roots", "opencl with roots", MathNet })
            {
                foreach ((string file, string folder) in Runs)
                    files.Add(file, folder, device);
            }

            return files;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryStepAgrees(string file, string folder, string device)
    {
        GoldenFile golden = new(Shared.Path($"golden/{file}.safetensors"));
        WctModel model = WctModel.Load(Shared.Path($"models/{folder}"));
        double strength = double.Parse(golden.Metadata["alpha"], System.Globalization.CultureInfo.InvariantCulture);
        using Backend backend = TestDevice.Open(device == MathNet ? "cpu" : device);
        using Cascade cascade = new(backend, model, Eigensolver(device));
        float[] image = golden.Singles("content");
        foreach (int level in golden.Metadata["levels"].Select(digit => digit - '0'))
        {
            GoldenLevel steps = new(golden, backend, cascade, level, Limit);
            steps.Encode("content", image, golden.Shape("content"));
            steps.Encode("style", golden.Singles("style"), golden.Shape("style"));
            steps.Moments("content");
            steps.Moments("style");
            steps.Transform(strength, Eigensolver(device));
            steps.Decode();
            image = [.. golden.Singles($"L{level}.decoded").Select(value => Math.Clamp(value, 0, 1))];
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void TheWholeCascadeAgrees(string file, string folder, string device)
    {
        GoldenFile golden = new(Shared.Path($"golden/{file}.safetensors"));
        WctModel model = WctModel.Load(Shared.Path($"models/{folder}"));
        using Backend backend = TestDevice.Open(device == MathNet ? "cpu" : device);
        using Cascade cascade = new(backend, model, Eigensolver(device));
        int[] levels = [.. golden.Metadata["levels"].Select(digit => digit - '0')];
        double strength = double.Parse(golden.Metadata["alpha"], System.Globalization.CultureInfo.InvariantCulture);
        var style = cascade.Measure(backend, backend.Tensor(golden.Singles("style"), golden.Shape("style")), levels);
        Tensor content = backend.Tensor(golden.Singles("content"), golden.Shape("content"));
        float[] expected = Array.ConvertAll(golden.Singles("stylized"), value => Math.Clamp(value, 0, 1));
        Accuracy.Check<float>($"{file} stylized on {device}", Limit, expected, cascade.Stylize(backend, content, levels, style, strength));
    }

    private static MathNetEigensolver? Eigensolver(string device) => device == MathNet ? new MathNetEigensolver() : null;
}
