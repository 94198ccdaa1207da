using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net.Pipeline;
using Wct.Net.Tests.Pipeline;

namespace Wct.Net.Tests.Golden;

/// <summary>Every step of the cascade against PyTorch's tensors in tests/golden, which every clone has: in each instruction set that this
/// machine can run, and on each device.</summary>
public class StoredStepTests
{
    // As for the published networks. What is stored was computed in double.
    private const double Limit = 1e-8;

    /// <summary>Every stored run on every device; devices that aren't there are skipped.</summary>
    public static TheoryData<string, string> Runs => OnAll("compact_a060", "compact_a100", "wide_a080");

    /// <summary>The same of runs of which only the result is stored.</summary>
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

    // From one level's picture to the next one's, through all its steps at once.
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

    // All levels, of the model that the library comes with: random ones multiply roundings from level to level, as training prevents.
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
