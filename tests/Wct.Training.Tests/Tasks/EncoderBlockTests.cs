using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Reference;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Losses;
using Wct.Training.Tasks;

namespace Wct.Training.Tests.Tasks;

/// <summary>Tests decoders that are trained together with the encoder layers that their level adds.</summary>
public class EncoderBlockTests
{
    private static readonly EncoderWeights Start = Random([4, 5, 6], 1), Teacher = Random([7, 8, 9], 2), Network = Random([6, 6, 6], 3);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void GradientsMatchTheReference(int level)
    {
        (float[] expected, LossValues expectedLosses) = Gradients(new ReferenceBackend(), level);
        (float[] actual, LossValues losses) = Gradients(CpuBackend.Create(), level);
        Assert.Equal(expectedLosses.Total, losses.Total, 1e-5 * expectedLosses.Total);
        Accuracy.Check<float>("gradients", 1e-6, expected, actual);
        double sum = losses["pixel"] + Options.FeatureWeight * losses["feature"] + Options.TeacherWeight * losses["teacher"];
        Assert.Equal(losses.Total, sum, 1e-6 * losses.Total);
    }

    // Both losses depend on the encoder's weights: a small step against the gradient lowers the total as much as the gradient predicts.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void AnEncoderStepLowersTheLossByTheGradientsPrediction(int level)
    {
        const double Step = 1e-4;
        using CpuBackend backend = CpuBackend.Create();
        using DecoderTask task = new(backend, Start, level, Options);
        using Tensor picture = TrainingPictures.Tensor(backend, 16, 1);
        task.Measure([picture], initialize: true);
        task.Refresh();
        double before = Loss(task, picture, task.Parameters.Gradients), promised = 0;
        for (int i = 0; i < task.Parameters.Names.Count; i++)
        {
            string name = task.Parameters.Names[i];
            if (!name.StartsWith("encoder.", StringComparison.Ordinal))
                continue;
            Range part = task.Parameters.Part(name);
            Span<float> values = task.Parameters.Values.Span[part], gradients = task.Parameters.Gradients.Span[part];
            for (int j = 0; j < values.Length; j++)
            {
                values[j] -= (float)(Step * gradients[j]);
                promised += Step * gradients[j] * gradients[j];
            }
        }

        Assert.True(promised > 0);
        task.Refresh();
        double lowered = before - Loss(task, picture, new float[task.Parameters.Count]);
        Assert.InRange(lowered, 0.9 * promised, 1.1 * promised);
    }

    [Fact]
    public void OnlyTheLevelsOwnLayersChange()
    {
        using TemporaryFolder folder = new();
        using CpuBackend backend = CpuBackend.Create();
        using DecoderTask task = new(backend, Start, 2, Options);
        for (int i = 0; i < task.Parameters.Count; i++)
            task.Parameters.Values.Span[i] += 0.01f;
        task.Refresh();
        task.Save(folder.File("d2.safetensors"));
        EncoderWeights whole = EncoderFile.Load(folder.File("d2.encoder.safetensors"));
        string[] changed = [.. whole.Convolutions.Zip(Start.Convolutions).Where(
            pair => !pair.First.SameBits(pair.Second)).Select(pair => pair.First.Name)];
        Assert.Equal(["conv1_2", "conv2_1"], changed);
        LevelModel level = Assert.Single(WctModel.Load(folder.File("d2.safetensors")).Levels);
        Assert.Equal(2, level.Encoder.Deepest);
        Assert.True(level.Encoder.IsPrefixOf(whole));
    }

    [Fact]
    public void RefusesATeacherThatIsTooShallow()
    {
        using CpuBackend backend = CpuBackend.Create();
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => new DecoderTask(backend, Start, 3, new DecoderOptions { Teacher = Teacher.UpTo(2) }));
        Assert.Contains("Level 3 was requested; the teacher has levels 1 to 2.", error.Message);
    }

    private static DecoderOptions Options { get; } = new()
    {
        FeatureWeight = 0.5,
        LossNetwork = Network,
        FeatureLevels = [1, 2],
        Normalize = true,
        Teacher = Teacher,
        TeacherWeight = 0.3,
    };

    private static EncoderWeights Random(int[] widths, int seed) => RandomModel.Create(widths, seed).Levels[0].Encoder;

    private static (float[] Gradients, LossValues Losses) Gradients(TrainingBackend backend, int level)
    {
        using (backend)
        {
            using DecoderTask task = new(backend, Start, level, Options);
            using Tensor picture = TrainingPictures.Tensor(backend, 16, 1);
            // Without scaling, random features are almost constant, and rounding would decide which of four pooled values is the largest.
            task.Measure([picture], initialize: true);
            LossValues losses = new(task.Losses);
            task.Accumulate(picture, 0, 1, task.Parameters.Gradients, losses);
            return (task.Parameters.Gradients.ToArray(), losses);
        }
    }

    private static double Loss(DecoderTask task, Tensor picture, Memory<float> gradients)
    {
        LossValues losses = new(task.Losses);
        task.Accumulate(picture, 0, 1, gradients, losses);
        return losses.Total;
    }
}
