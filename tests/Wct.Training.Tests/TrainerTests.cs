using System.Runtime.InteropServices;
using Wct.Imaging;
using Wct.Kernels.Cpu;
using Wct.Net.Models;
using Wct.Net.Weights;
using Wct.Training.Data;
using Wct.Training.Losses;
using Wct.Training.Progress;
using Wct.Training.Tasks;

namespace Wct.Training.Tests;

public class TrainerTests
{
    [Fact]
    public void ANewRunRefusesAFolderWithACheckpoint()
    {
        string folder = Directory.CreateTempSubdirectory("wct-training").FullName;
        try
        {
            string checkpoint = Path.Combine(folder, "checkpoint.safetensors");
            File.WriteAllText(checkpoint, "old");
            Assert.Contains("--resume", Assert.Throws<InvalidDataException>(() => Checkpoint.CheckNone(folder)).Message);
            File.Delete(checkpoint);
            Checkpoint.CheckNone(folder);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 2)]
    [InlineData(false, 11)]
    public void AResumedRunGivesTheSameBits(bool ofEncoder, int batch)
    {
        using TemporaryFolder folder = new();
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 4), heldOut: 1);
        byte[] whole = Train(folder, pictures, "whole", threads: 3, ofEncoder: ofEncoder, batch: batch);
        // The run stops some steps after the last checkpoint; the resumed run repeats those steps.
        Train(folder, pictures, "parts", threads: 1, stopAfter: 5, ofEncoder: ofEncoder, batch: batch);
        byte[] resumed = Train(folder, pictures, "parts", threads: 1, resume: true, ofEncoder: ofEncoder, batch: batch);
        Assert.True(whole.AsSpan().SequenceEqual(resumed));
        Assert.Equal(File.ReadAllText(folder.File("whole/losses.csv")), File.ReadAllText(folder.File("parts/losses.csv")));
        Assert.Equal(9, File.ReadAllLines(folder.File("parts/losses.csv")).Length);
    }

    // A batch runs in groups of eight pictures, and is canceled between groups, not only at its end.
    [Theory]
    [InlineData(2, 5, 3)]
    [InlineData(11, 25, 2)]
    public void AResumedRunGivesTheSameBitsAfterCancellation(int batch, int cancelAt, int expectedStep)
    {
        using TemporaryFolder folder = new();
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 4), heldOut: 1);
        byte[] whole = Train(folder, pictures, "whole", threads: 3, batch: batch);
        using CancellationTokenSource source = new();
        Assert.Equal(new TrainingResult(expectedStep, false), Canceled(folder, pictures, batch, cancelAt, source));
        Assert.Equal(whole, Train(folder, pictures, "parts", threads: 1, resume: true, batch: batch));
        Assert.Equal(File.ReadAllText(folder.File("whole/losses.csv")), File.ReadAllText(folder.File("parts/losses.csv")));
    }

    [Fact]
    public void CancelingBeforeTheFirstStepLeavesNoCheckpoint()
    {
        using TemporaryFolder folder = new();
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 4));
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Canceled(folder, pictures, 2, int.MaxValue, source));
        Assert.False(File.Exists(folder.File("parts/checkpoint.safetensors")));
        Assert.Equal(Train(folder, pictures, "whole", 1), Train(folder, pictures, "parts", 1));
    }

    [Fact]
    public void CurvesAndSamplesAreWritten()
    {
        using TemporaryFolder folder = new();
        Train(folder, new PictureFolder(TrainingPictures.Folder(folder, 4), heldOut: 2), "run", threads: 1);
        PixelImage plot = ImageFile.Read(folder.File("run/losses.png")), sheet = ImageFile.Read(folder.File("run/samples.png"));
        Assert.Contains(plot.Bytes, value => value < 100);
        Assert.True(sheet.Width > 2 * 32 && sheet.Height > 2 * 32);
    }

    [Fact]
    public void ABrokenPictureIsReportedOnce()
    {
        using TemporaryFolder folder = new();
        string path = TrainingPictures.Folder(folder, 3);
        File.WriteAllText(Path.Combine(path, "broken.png"), "no picture");
        List<string> warnings = [];
        Train(folder, new PictureFolder(path), "run", threads: 1, warnings: warnings);
        Assert.Contains("broken.png", Assert.Single(warnings));
    }

    // The crop stream, the measurement before the first step and the samples all read pictures. One picture is held out.
    [Fact]
    public void ADamagedPictureIsReportedOnceAndUsed()
    {
        using TemporaryFolder folder = new();
        (string path, string[] expected) = TrainingPictures.Damaged(folder, 3);
        List<string> warnings = [], damage = [];
        Train(folder, new PictureFolder(path, heldOut: 1), "run", threads: 1, warnings: warnings, damage: damage);
        Assert.Empty(warnings);
        Assert.Equal(expected, damage.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AnotherRunsCheckpointIsRefused()
    {
        using TemporaryFolder folder = new();
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 3));
        Assert.Contains(
            "no checkpoint", Assert.Throws<InvalidDataException>(() => Train(folder, pictures, "run", 1, resume: true)).Message);
        Train(folder, pictures, "run", 1);
        Assert.Contains(
            "belongs to another run",
            Assert.Throws<InvalidDataException>(() => Train(folder, pictures, "run", 1, resume: true, rate: 0.5)).Message);
    }

    [Fact]
    public void OtherPicturesOrNetworksCannotResumeARun()
    {
        using TemporaryFolder folder = new();
        string path = TrainingPictures.Folder(folder, 4);
        Train(folder, new PictureFolder(path), "run", 1);
        foreach ((int heldOut, int encoder) in ((int, int)[])[(1, 1), (0, 2)])
        {
            Assert.Contains("belongs to another run", Assert.Throws<InvalidDataException>(
                () => Train(folder, new PictureFolder(path, heldOut), "run", 1, resume: true, encoder: encoder)).Message);
        }
    }

    [Theory]
    [InlineData("format", "checkpoints are 'wct-checkpoint'")]
    [InlineData("step", "is damaged: step 9 of 8")]
    [InlineData("crop", "is damaged: step 8 of 8, crop 17 with 2 a step")]
    [InlineData("parts", "'square' has 5 elements")]
    [InlineData("end", "checkpoint.safetensors")]
    public void ADamagedCheckpointIsRefused(string damage, string message)
    {
        using TemporaryFolder folder = new();
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 3));
        Train(folder, pictures, "run", 1);
        string path = folder.File("run/checkpoint.safetensors");
        Damage(path, damage);
        Exception error = Assert.ThrowsAny<Exception>(() => Train(folder, pictures, "run", 1, resume: true));
        Assert.True(error is InvalidDataException or WeightsFormatException, error.ToString());
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void AReopenedLogKeepsTheStepsBeforeTheCheckpoint()
    {
        using TemporaryFolder folder = new();
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 3));
        Train(folder, pictures, "run", 1, stopAfter: 5);
        string log = folder.File("run/losses.csv");
        File.AppendAllText(log, "6,1,2,3\n2,no number,1,1,1,1\n");
        string[] before = File.ReadAllLines(log);
        WeightedLoss[] losses = [new(new PixelLoss()), new(new FeatureLoss([LossTap.Level(2)])), new(new TotalVariationLoss(), 0)];
        using (new LossLog(folder.File("run"), losses, step: 3))
        {
            // This is what a resumed run finds if the process is killed now.
            Assert.Equal(before[..4], File.ReadAllLines(log));
        }
    }

    [Fact]
    public void AnUnreadableHeldOutPictureGivesNoSample()
    {
        using TemporaryFolder folder = new();
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 4), heldOut: 1);
        File.Delete(pictures.HeldOut[0]);
        Directory.CreateDirectory(pictures.HeldOut[0]);
        Train(folder, pictures, "run", 1);
        Assert.False(File.Exists(folder.File("run/samples.png")));
    }

    [Fact]
    public void TheRemainingTimeDoesNotOverflow()
    {
        WeightedLoss[] losses = [new(new PixelLoss())];
        ProgressMeter meter = new(losses, 0, long.MaxValue, 1, TimeSpan.Zero);
        Thread.Sleep(1);
        Assert.True(meter.Add(new LossRow(1, 1, new LossValues(losses)))!.Left > TimeSpan.FromDays(365));
    }

    [Fact]
    public void UnsuitableCropSizesAreRefused()
    {
        using TemporaryFolder folder = new();
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 3));
        Assert.Contains("must be a multiple", Assert.Throws<ArgumentException>(() => Train(folder, pictures, "run", 1, crop: 15)).Message);
    }

    [Fact]
    public void ANonFiniteLossEndsTheRun()
    {
        using TemporaryFolder folder = new();
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 3));
        Assert.Contains("is not finite", Assert.Throws<InvalidDataException>(() => Train(folder, pictures, "run", 1, rate: 1e30)).Message);
    }

    [Fact]
    public void ATaskMayMeasureNoPictures()
    {
        using TemporaryFolder folder = new();
        using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Threads = 1 });
        LevelModel level = RandomModel.Create([8, 12], 1).Levels[0];
        using DecoderTask task = new(backend, level.Encoder, 2, start: level.Decoder);
        using StoppingTask unmeasured = new(task, long.MaxValue) { MeasuredPictures = 0 };
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 3));
        TrainingOptions options = Options(folder, "run", batch: 1, crop: 16, rate: 1e-3, resume: false);
        Assert.True(new Trainer(backend, unmeasured, pictures, options).Run(_ => { }, _ => { }).Complete);
    }

    private static void Damage(string path, string damage)
    {
        if (damage == "end")
        {
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..^10]);
            return;
        }

        using TensorArchive archive = Safetensors.Open(path);
        Dictionary<string, string> metadata = new(archive.Metadata);
        if (damage is "format")
            metadata[damage] = "wct-model";
        else if (damage is "step" or "crop")
            metadata[damage] = damage == "step" ? "9" : "17";
        NamedTensor[] tensors =
            [.. archive.Tensors.Select(tensor => new NamedTensor(tensor.Name, [tensor.Read().Length], ElementType.F32, tensor.Read()))];
        if (damage == "parts")
            tensors[2] = new NamedTensor("square", [5], ElementType.F32, new float[5]);
        archive.Dispose();
        Safetensors.Write(path, tensors, metadata);
    }

    private static TrainingResult Canceled(
        TemporaryFolder folder, PictureFolder pictures, int batch, int cancelAt, CancellationTokenSource source)
    {
        using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Threads = 2 });
        using DecoderTask task = new(backend, RandomModel.Create([8, 12], 1).Levels[0].Encoder, 2, new DecoderOptions { Normalize = true });
        using StoppingTask canceling = new(task, cancelAt - 1, source);
        return new Trainer(backend, canceling, pictures, Options(folder, "parts", batch, 16, 1e-3, resume: false)).Run(
            _ => { }, _ => { }, cancellationToken: source.Token);
    }

    private static TrainingOptions Options(TemporaryFolder folder, string name, int batch, int crop, double rate, bool resume) => new()
    {
        Folder = folder.File(name),
        Steps = 8,
        Batch = batch,
        Crop = crop,
        Side = 32,
        Rate = rate,
        Schedule = ScheduleKind.Cosine,
        Clip = 1,
        CheckpointEvery = 3,
        Resume = resume,
    };

    private static byte[] Train(
        TemporaryFolder folder, PictureFolder pictures, string name, int threads, bool resume = false, int stopAfter = int.MaxValue,
        double rate = 1e-3,
        int crop = 16, List<string>? warnings = null, List<string>? damage = null, int encoder = 1, bool ofEncoder = false, int batch = 2)
    {
        using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Threads = threads });
        EncoderWeights network = RandomModel.Create([8, 12], encoder).Levels[0].Encoder;
        using ITrainingTask task = ofEncoder
            ? new EncoderTask(
                backend, [new Teacher(network, [1, 2], new Dictionary<int, ConvolutionWeights>())], StudentStart.Random([4, 6], 2),
                pictureWeight: 1)
            : new DecoderTask(backend, network, 2, new DecoderOptions { Normalize = true });
        TrainingOptions options = Options(folder, name, batch, crop, rate, resume);
        using StoppingTask stopping = new(task, stopAfter == int.MaxValue ? long.MaxValue : stopAfter * options.Batch);
        Trainer trainer = new(backend, stopping, pictures, options);
        if (stopAfter < options.Steps)
            Assert.Throws<StoppingTask.Stop>(() => trainer.Run(_ => { }, _ => { }));
        else
            Assert.True(trainer.Run(_ => { }, text => warnings?.Add(text), text => damage?.Add(text)).Complete);
        return MemoryMarshal.AsBytes(task.Parameters.Values.Span).ToArray();
    }
}
