using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Reference;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Losses;
using Wct.Training.Networks;
using Wct.Training.Tasks;

namespace Wct.Training.Tests.Tasks;

public class EncoderTaskTests
{
    private static readonly EncoderWeights Master = RandomModel.Create([12, 14, 16], 7).Levels[0].Encoder;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1.5, 0)]
    [InlineData(1.5, 0.5)]
    public void GradientsMatchTheReference(double picture, double hints)
    {
        (float[] expected, double expectedLoss) = Gradients(new ReferenceBackend(), picture, hints);
        (float[] actual, double loss) = Gradients(CpuBackend.Create(), picture, hints);
        Assert.Equal(expectedLoss, loss, 1e-5 * expectedLoss);
        Accuracy.Check<float>("gradients", 1e-6, expected, actual);
    }

    [Fact]
    public void EveryLevelHasOneTeacher()
    {
        using CpuBackend backend = CpuBackend.Create();
        Teacher two = new(Master, [1, 2], new Dictionary<int, ConvolutionWeights>());
        Assert.Contains("The encoder has the levels 1 to 3, the teachers have 1, 2.", Assert.Throws<ArgumentException>(
            () => new EncoderTask(backend, [two], StudentStart.Random([4, 5, 6], 1))).Message);
    }

    [Fact]
    public void AStudentWithAllFiltersEqualsTheTeacher()
    {
        using CpuBackend backend = CpuBackend.Create();
        EncoderWeights copy = StudentStart.Strongest(Master, [12, 14, 16], 1);
        using TrainedNetwork teacher = NetworkParts.Frozen(backend, Master, false), student = NetworkParts.Frozen(backend, copy, false);
        using Tensor picture = TrainingPictures.Tensor(backend, 16, 1);
        using ForwardPass taught = teacher.Forward(picture), learnt = student.Forward(picture);
        float[] expected = new float[taught.Last.Shape.Length], actual = new float[expected.Length];
        backend.Read(taught.Last, expected);
        backend.Read(learnt.Last, actual);
        Accuracy.Check<float>("features", 1e-8, expected, actual);
    }

    // The student has all features of the teacher, scaled differently, so only the ridge parameter of the regression leaves an error.
    [Fact]
    public void AdaptersStartWithTheRegression()
    {
        using CpuBackend backend = CpuBackend.Create();
        using EncoderTask task = new(backend, [Full], StudentStart.Strongest(Master, [12, 14, 16], 1));
        Tensor[] pictures = [.. Enumerable.Range(1, 4).Select(seed => TrainingPictures.Tensor(backend, 32, seed))];
        task.Measure(pictures, initialize: true);
        LossValues losses = new(task.Losses);
        foreach (Tensor picture in pictures)
        {
            task.Accumulate(picture, 0, 0.25, task.Parameters.Gradients, losses);
            picture.Dispose();
        }

        Assert.Equal(["relu1_1", "relu2_1", "relu3_1"], losses.Terms.Select(term => term.Name));
        Assert.All(losses.Terms, term => Assert.InRange(term.Value, 0, 0.05));
    }

    [Fact]
    public void ColorsPassThroughTheFirstLayer()
    {
        using CpuBackend backend = CpuBackend.Create();
        EncoderWeights before = StudentStart.Strongest(Master, [12, 14], 1), after = StudentStart.KeepingColors(before);
        using TrainedNetwork first = NetworkParts.Frozen(backend, after.UpTo(1), false), deep = NetworkParts.Frozen(backend, after, false);
        using Tensor picture = TrainingPictures.Tensor(backend, 16, 1);
        using ForwardPass seen = first.Forward(picture);
        float[] pixels = new float[picture.Shape.Length], features = new float[seen.Last.Shape.Length];
        backend.Read(picture, pixels);
        backend.Read(seen.Last, features);
        int plane = picture.Shape.Pixels;
        int[] channels =
            [.. Enumerable.Range(0, 3).Select(color => Enumerable.Range(0, 12).Single(channel => Enumerable.Range(0, plane).All(
            i => Math.Abs(features[channel * plane + i] - pixels[color * plane + i]) < 1e-5)))];
        Assert.Equal(3, channels.Distinct().Count());
        // The next layer's weights for the replaced filters are zero.
        ConvolutionWeights next = after.Convolutions[2];
        Assert.All(channels, channel => Assert.All(Enumerable.Range(0, next.OutChannels * 9), i =>
            Assert.Equal(0, next.Weights.Span[(i / 9 * next.InChannels + channel) * 9 + i % 9])));
        Assert.Contains(
            "3 channels", Assert.Throws<ArgumentException>(() => StudentStart.KeepingColors(StudentStart.Random([3], 1))).Message);
    }

    [Fact]
    public void StrongestFiltersReplaceTheLayersThatTheTeacherHas()
    {
        EncoderWeights student = StudentStart.Strongest(Master, [6, 7, 20, 5], 1);
        Assert.Equal([6, 7, 20, 5], Enumerable.Range(1, 4).Select(student.TapChannels));
        EncoderWeights random = StudentStart.Random([6, 7, 20, 5], 1);
        Assert.False(student.Convolutions[2].SameBits(random.Convolutions[2]));
        Assert.True(student.Convolutions[^1].SameBits(random.Convolutions[^1]));
    }

    [Fact]
    public void SavedEncodersCanBeLoaded()
    {
        using TemporaryFolder folder = new();
        using CpuBackend backend = CpuBackend.Create();
        using EncoderTask task = new(backend, [Full], StudentStart.Random([4, 5, 6], 1));
        task.Save(folder.File("encoder.safetensors"));
        EncoderWeights read = EncoderFile.Load(folder.File("encoder.safetensors"));
        Assert.True(task.Encoder().IsPrefixOf(read));
        Assert.Equal(3, read.Deepest);
        Assert.True(EncoderFile.Load(folder.Path).IsPrefixOf(read));
    }

    private static Teacher Full => new(Master, [1, 2, 3], new Dictionary<int, ConvolutionWeights>());

    private static (float[] Gradients, double Loss) Gradients(TrainingBackend backend, double picture, double hints)
    {
        using (backend)
        {
            ConvolutionWeights adapter = new("adapter", 9, 16, 1, [.. Enumerable.Range(0, 144).Select(i => MathF.Sin(i))], new float[9]);
            Teacher low = new(Master, [1, 2], new Dictionary<int, ConvolutionWeights>());
            Teacher deep = new(Master, [3], new Dictionary<int, ConvolutionWeights> { [3] = adapter });
            using EncoderTask task = new(
                backend, [low, deep], StudentStart.Random([8, 9, 10], 2), pictureWeight: picture, hintWeight: hints);
            using Tensor pixels = TrainingPictures.Tensor(backend, 16, 2);
            task.Measure([pixels], initialize: true);
            LossValues losses = new(task.Losses);
            task.Accumulate(pixels, 0, 1, task.Parameters.Gradients, losses);
            double Of(string name) =>
                losses.Terms.Where(term => term.Name.StartsWith(name, StringComparison.Ordinal)).Sum(term => term.Value);
            Assert.Equal(losses.Total, Of("relu") + picture * Of("picture") + hints * Of("hints"), 1e-12);
            return (task.Parameters.Gradients.ToArray(), losses.Total);
        }
    }
}
