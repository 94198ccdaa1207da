using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Reference;
using Wct.Net.Models;
using Wct.Training.Losses;
using Wct.Training.Tasks;

namespace Wct.Training.Tests.Tasks;

/// <summary>Compares a decoder's losses and gradients with results of PyTorch's automatic differentiation in tests/golden.</summary>
public class StoredGradientTests
{
    // PyTorch computed in double precision.
    private const double LossLimit = 1e-6, Limit = 1e-8;

    public static TheoryData<string> Backends => ["reference", .. IsaSelection.Supported.Select(isa => $"{isa}")];

    [Theory]
    [MemberData(nameof(Backends))]
    public void LossesAndGradientsMatchPyTorch(string name)
    {
        GoldenFile golden = new(Shared.Golden("training"));
        WctModel model = WctModel.Load(Shared.Golden("models/sequential"));
        DecoderOptions options = new() { FeatureLevels = [1, 3], FeatureWeight = 0.5, TotalVariationWeight = 0.1 };
        using TrainingBackend backend = name == "reference" ? new ReferenceBackend()
            : CpuBackend.Create(new CpuBackendOptions { Isa = Enum.Parse<Isa>(name) });
        using DecoderTask task = new(backend, model.Encoders.Single(), 3, options, model.Levels.Single(level => level.Level == 3).Decoder);
        using Tensor picture = backend.Allocate(new TensorShape(3, 16, 24));
        byte[] bytes = GoldenNumbers.Picture(24, 16, 3, 9200);
        backend.Write([.. Enumerable.Range(0, bytes.Length).Select(i => bytes[i % (16 * 24) * 3 + i / (16 * 24)] / 255f)], picture);

        LossValues losses = new(task.Losses);
        task.Accumulate(picture, 0, 1, task.Parameters.Gradients, losses);
        Accuracy.Check<double>(
            $"losses, {name}", LossLimit * LossLimit, golden.Doubles("losses"), losses.All.Select(loss => loss.Value).ToArray());
        Assert.Equal(golden.Names.Where(part => part != "losses")
            .Order(StringComparer.Ordinal), task.Parameters.Names.Order(StringComparer.Ordinal));
        foreach (string part in task.Parameters.Names)
            Accuracy.Check<float>(
                $"{part}, {name}", Limit, golden.Singles(part), task.Parameters.Gradients.Span[task.Parameters.Part(part)]);
    }
}
