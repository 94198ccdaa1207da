using System.Runtime.InteropServices;
using Wct.Imaging;
using Wct.Kernels.Cpu;
using Wct.Net.Models;
using Wct.Training.Data;
using Wct.Training.Tasks;

namespace Wct.Training.Tests;

public class TrainerTests
{
    [Fact]
    public void AResumedRunGivesTheSameBits()
    {
        using TemporaryFolder folder = new();
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 4), heldOut: 1);
        byte[] whole = Train(folder, pictures, "whole", threads: 2);
        // Stopped after some steps behind the last checkpoint: those are done again.
        Train(folder, pictures, "parts", threads: 1, stopAfter: 5);
        byte[] resumed = Train(folder, pictures, "parts", threads: 1, resume: true);
        Assert.True(whole.AsSpan().SequenceEqual(resumed));
        Assert.Equal(File.ReadAllText(folder.File("whole/losses.csv")), File.ReadAllText(folder.File("parts/losses.csv")));
        Assert.Equal(9, File.ReadAllLines(folder.File("parts/losses.csv")).Length);
    }

    [Fact]
    public void CurvesAndSamplesCanBeLookedAt()
    {
        using TemporaryFolder folder = new();
        Train(folder, new PictureFolder(TrainingPictures.Folder(folder, 4), heldOut: 2), "run", threads: 1);
        Bitmap plot = ImageFile.Read(folder.File("run/losses.png")), sheet = ImageFile.Read(folder.File("run/samples.png"));
        Assert.Contains(plot.Pixels, value => value < 100);
        Assert.True(sheet.Width > 2 * 32 && sheet.Height > 2 * 32);
    }

    [Fact]
    public void ABrokenPictureIsToldOfOnce()
    {
        using TemporaryFolder folder = new();
        string path = TrainingPictures.Folder(folder, 3);
        File.WriteAllText(Path.Combine(path, "broken.png"), "no picture");
        List<string> warnings = [];
        Train(folder, new PictureFolder(path), "run", threads: 1, warnings: warnings);
        Assert.Contains("broken.png", Assert.Single(warnings));
    }

    [Fact]
    public void AnotherRunsCheckpointIsRefused()
    {
        using TemporaryFolder folder = new();
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 3));
        Assert.Contains("no checkpoint", Assert.Throws<InvalidDataException>(() => Train(folder, pictures, "run", 1, resume: true)).Message);
        Train(folder, pictures, "run", 1);
        Assert.Contains(
            "belongs to another run", Assert.Throws<InvalidDataException>(() => Train(folder, pictures, "run", 1, resume: true, rate: 0.5)).Message);
    }

    [Fact]
    public void CropsThatTheNetworkCannotTakeAreRefused()
    {
        using TemporaryFolder folder = new();
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 3));
        Assert.Contains("must be a multiple", Assert.Throws<ArgumentException>(() => Train(folder, pictures, "run", 1, crop: 15)).Message);
    }

    [Fact]
    public void ALossThatIsNoNumberEndsTheRun()
    {
        using TemporaryFolder folder = new();
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 3));
        Assert.Contains("is no number", Assert.Throws<InvalidDataException>(() => Train(folder, pictures, "run", 1, rate: 1e30)).Message);
    }

    private static byte[] Train(
        TemporaryFolder folder, PictureFolder pictures, string name, int threads, bool resume = false, int stopAfter = int.MaxValue, double rate = 1e-3,
        int crop = 16, List<string>? warnings = null)
    {
        using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Threads = threads });
        using DecoderTask task = new(backend, RandomModel.Create([8, 12], 1).Levels[0].Encoder, 2, new DecoderOptions { Normalise = true });
        TrainingOptions options = new()
        {
            Folder = folder.File(name),
            Steps = 8,
            Batch = 2,
            Crop = crop,
            Side = 32,
            Rate = rate,
            Schedule = ScheduleKind.Cosine,
            Clip = 1,
            CheckpointEvery = 3,
            Resume = resume,
        };
        using StoppingTask stopping = new(task, stopAfter == int.MaxValue ? long.MaxValue : stopAfter * options.Batch);
        Trainer trainer = new(backend, stopping, pictures, options);
        if (stopAfter < options.Steps)
            Assert.Throws<StoppingTask.Stop>(() => trainer.Run(_ => { }, _ => { }));
        else
            Assert.True(trainer.Run(_ => { }, text => warnings?.Add(text)).Complete);
        return MemoryMarshal.AsBytes(task.Parameters.Values.AsSpan()).ToArray();
    }
}
