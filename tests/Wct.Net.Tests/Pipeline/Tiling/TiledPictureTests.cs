using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Pipeline.Tiling;

public class TiledPictureTests
{
    private static readonly WctModel Small = RandomModel.Create([8, 16, 24, 32, 20], seed: 2);

    // Model, width, height, side of the tiles, whether features are kept.
    public static TheoryData<string, int, int, int, bool> Cases => new()
    {
        { "small", 208, 144, 64, true }, { "small", 208, 144, 64, false }, { "small", 336, 80, 128, false },
            { "small", 16, 400, 64, false },
        { "small", 64, 64, 64, true }, { "compact", 272, 208, 64, false }, { "compact", 400, 240, 128, true },
        { "narrow", 160, 144, 64, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void TilesGiveTheWholePicture(string name, int width, int height, int side, bool keeps)
    {
        WctModel model = name switch
        {
            "small" => Small,
            "compact" => RandomModel.Create(RandomModel.CompactWidths, seed: 5),
            _ => RandomModel.Create([4, 7, 9], seed: 3),
        };
        using Backend backend = CpuBackend.Create(new CpuBackendOptions { Threads = 2 });
        using Scene scene = new(backend, model, width, height);
        foreach (int level in model.Levels.Select(level => level.Level))
        {
            byte[] whole = scene.Whole([level]), tiled = scene.Tiled([level], side, keeps);
            Assert.True(Largest(whole, tiled) <= 1, $"level {level}: {Largest(whole, tiled)} apart");
        }
    }

    // Uses trained networks, because random ones amplify rounding errors from level to level.
    [Theory]
    [InlineData("default", 400, 304, 128, false)]
    [InlineData("default", 304, 400, 192, true)]
    [InlineData("published", 400, 304, 128, false)]
    [InlineData("published", 304, 400, 192, true)]
    public void TilesGiveTheWholePictureThroughAllLevels(string name, int width, int height, int side, bool keeps)
    {
        WctModel model = name == "default" ? WctModel.LoadDefault() : WctModel.Load(Shared.Path("models/compact16x"));
        using Backend backend = CpuBackend.Create(new CpuBackendOptions { Threads = 2 });
        using Scene scene = new(backend, model, width, height);
        int[] all = [.. model.Levels.Select(level => level.Level)];
        byte[] whole = scene.Whole(all);
        Assert.True(whole.Distinct().Count() > 64);
        Assert.InRange(Largest(whole, scene.Tiled(all, side, keeps)), 0, 1);
    }

    [Fact]
    public void MomentsAreThoseOfTheWholePictureUpToRounding()
    {
        using Backend backend = CpuBackend.Create(new CpuBackendOptions { Threads = 2 });
        using Scene scene = new(backend, Small, 208, 144);
        foreach (int level in new[] { 5, 3, 1 })
        {
            StyleMoments whole = scene.WholeStyle(level), tiled = scene.TiledStyle(level, 64);
            Accuracy.Check<double>($"mean at {level}", 1e-13, whole.Mean, tiled.Mean);
            Accuracy.Check<double>($"root at {level}", 1e-11, whole.Root.Matrix, tiled.Root.Matrix);
            Assert.Equal(whole.Root.Rank, tiled.Root.Rank);
        }
    }

    [Fact]
    public void TheNumberOfThreadsChangesNothing()
    {
        byte[][] results = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            using Backend backend = CpuBackend.Create(new CpuBackendOptions { Threads = threads });
            using Scene scene = new(backend, Small, 208, 144);
            return scene.Tiled([5, 4, 3, 2, 1], 64, keeps: false);
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    private static int Largest(byte[] a, byte[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
}
