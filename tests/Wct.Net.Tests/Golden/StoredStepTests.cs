using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net.Pipeline;
using Wct.Net.Tests.Pipeline;

namespace Wct.Net.Tests.Golden;

/// <summary>Compares every step of the cascade with PyTorch's tensors in tests/golden, with each instruction set of this machine and on
/// each device. These files are in the repository.</summary>
public class StoredStepTests
{
    // The same limit as for the published networks. The stored tensors were computed in double precision.
    private const double Limit = 1e-8;

    /// <summary>Every stored run on every device. Missing devices are skipped.</summary>
    public static TheoryData<string, string> Runs => OnAll("compact_a060", "compact_a100", "wide_a080");

    /// <summary>Runs of which only the result is stored, on every device.</summary>
    public static TheoryData<string, string> Cascades => OnAll("default_a060", "default_a100");

    [Theory]
    [MemberData(nameof(Runs))]
    public void EveryStepAgrees(string run, string device)
    {
        StoredRun stored = new($"steps/{run}");
        using Backend backend = TestDevice.Open(device);
        using Cascade cascade = new(backend, stored.Model);
        float[] image = stored.Picture("content");
        foreach (int level in stored.Levels)
        {
            GoldenLevel steps = new(stored.Golden, backend, cascade, level, Limit);
            steps.Encode("content", image, stored.Shape("content"));
            steps.Encode("style", stored.Picture("style"), stored.Shape("style"));
            steps.Moments("content");
            steps.Moments("style");
            steps.Transform(stored.Strength);
            steps.Decode();
            image = stored.Decoded(level);
        }
    }

    // Runs each level as a whole, from its stored input.
    [Theory]
    [MemberData(nameof(Runs))]
    public void EveryLevelAgrees(string run, string device)
    {
        StoredRun stored = new($"steps/{run}");
        using Backend backend = TestDevice.Open(device);
        using Cascade cascade = new(backend, stored.Model);
        float[] image = stored.Picture("content");
        foreach (int level in stored.Levels)
        {
            Check(stored, backend, cascade, image, [level], stored.Decoded(level), $"L{level} of {run} on {device}");
            image = stored.Decoded(level);
        }
    }

    // Runs all levels of the built-in model. Random models would amplify rounding errors from level to level, which trained ones don't.
    [Theory]
    [MemberData(nameof(Cascades))]
    public void TheWholeCascadeAgrees(string run, string device)
    {
        StoredRun stored = new($"cascades/{run}");
        using Backend backend = TestDevice.Open(device);
        using Cascade cascade = new(backend, stored.Model);
        Check(stored, backend, cascade, stored.Picture("content"), stored.Levels, stored.Golden.Singles("stylized"), $"{run} on {device}");
    }

    private static void Check(
        StoredRun stored, Backend backend, Cascade cascade, float[] image, int[] levels, float[] expected, string what)
    {
        var style = cascade.Measure(backend, backend.Tensor(stored.Picture("style"), stored.Shape("style")), levels);
        Tensor content = backend.Tensor(image, stored.Shape("content"));
        Accuracy.Check<float>(what, Limit, expected, cascade.Stylize(backend, content, levels, style, stored.Strength));
    }

    private static TheoryData<string, string> OnAll(params string[] runs) =>
    [
        .. from run in runs
           from device in IsaSelection.Supported.Select(isa => $"cpu {isa}").Concat(
               ["cuda", "opencl", "cuda with roots", "opencl with roots"])
           select (run, device),
    ];
}
