using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Tests.Pipeline.Tiling;

public class TilePlannerTests
{
    private static readonly int[] All = [5, 4, 3, 2, 1];

    // Additional scratch memory for every four processors beyond the first four.
    private const long PerFourProcessors = 20_000_000;

    private static readonly WctModel Compact = RandomModel.Create(RandomModel.CompactWidths, seed: 1);

    [Theory]
    [InlineData(1024, 1024, 230)]
    [InlineData(3840, 2160, 300)]
    [InlineData(3840, 2160, 1000)]
    [InlineData(10000, 10000, 1200)]
    [InlineData(10000, 10000, 2000)]
    [InlineData(65536, 64, 450)]
    public void PlansKeepToTheBudget(int width, int height, int megabytes)
    {
        using Backend backend = CpuBackend.Create();
        using Cascade cascade = new(backend, Compact);
        MemoryNeeds needs = new(backend, Compact, cascade, outside: 0);
        TensorShape image = new(3, height, width);
        long budget = megabytes * 1_000_000L + ((Environment.ProcessorCount + 3) / 4 - 1) * PerFourProcessors;
        PicturePlan plan = new TilePlanner(backend, cascade, needs, budget, own: null).Tiles(image, All, measureOnly: false);
        Assert.Equal(All, plan.Levels.Select(level => level.Tiles.Level));
        long picture = needs.Base + Backend.PackedBytes(height + plan.Margin, width + plan.Margin);
        foreach (LevelPlan level in plan.Levels)
        {
            Assert.InRange(picture + level.Bytes, 1, budget);
            Assert.InRange(level.Workspace, 1, level.Bytes);
            // No tile needs more memory than the one that the plan measured.
            foreach (Area area in level.Tiles.Areas(level.Size))
                Assert.InRange(PathCost.Of(level.Tiles.Encoding(area), backend).Maps, 1, level.Workspace);
        }
    }

    [Fact]
    public void TooSmallABudgetIsRefusedAndTheMinimumIsEnough()
    {
        using Backend backend = CpuBackend.Create();
        using Cascade cascade = new(backend, Compact);
        TensorShape image = new(3, 2160, 3840);
        PicturePlan Plan(long budget) =>
            new TilePlanner(backend, cascade, new MemoryNeeds(backend, Compact, cascade, outside: 0), budget, own: null)
                .Tiles(image, All, measureOnly: false);
        string message = Assert.Throws<ArgumentException>(() => Plan(100_000_000)).Message;
        Assert.Matches(@"^The budget is 100000000 bytes of memory; a picture of 3840x2160 pixels needs \d+ at least\.$", message);
        long least = long.Parse(message.Split(' ')[^3]);
        Assert.Throws<ArgumentException>(() => Plan(least - 1));
        Assert.NotEmpty(Plan(least).Levels);
    }

    // As in a container: plans respect the process's limit, and report pictures that don't fit.
    [Fact]
    public void TheProcessesMemoryLimitsTheDefaultBudget()
    {
        using Backend backend = CpuBackend.Create();
        using Cascade cascade = new(backend, Compact);
        TensorShape image = new(3, 2160, 3840), large = new(3, 12000, 12000);
        TilePlanner Planner(long safe, long most) => new(
            backend, cascade, new MemoryNeeds(backend, Compact, cascade, outside: 0), budget: null, own: null,
                new UsableMemory(safe, most));
        Assert.Null(Planner(long.MaxValue, long.MaxValue).Content(image, All));
        long safe = 400_000_000 + ((Environment.ProcessorCount + 3) / 4 - 1) * PerFourProcessors;
        Assert.InRange(Planner(safe, safe * 4 / 3).Content(image, All)!.Bytes, 1, safe);
        // Very large pictures get more than the default if there is more.
        Assert.InRange(Planner(long.MaxValue, long.MaxValue).Content(large, All)!.Bytes, StylizeOptions.DefaultMaxMemory, 3_000_000_000);
        string message = Assert.Throws<InsufficientMemoryException>(() => Planner(1, 77).Content(large, All)).Message;
        Assert.Matches(@"^This process may take 77 bytes of memory; a picture of 12000x12000 pixels needs \d+ at least\.$", message);
        long least = long.Parse(message.Split(' ')[^3]);
        Assert.Throws<InsufficientMemoryException>(() => Planner(1, least - 1).Content(large, All));
        // The safe amount is an estimate, so the minimum is used if the process can have it.
        Assert.InRange(Planner(1, least).Content(large, All)!.Bytes, 12000 * 12000 * 9L, least + MemoryNeeds.Slack);
    }

    // A budget larger than what the process can have is reduced to that.
    [Fact]
    public void ABudgetLargerThanTheAvailableMemoryIsReduced()
    {
        using Backend backend = CpuBackend.Create();
        using Cascade cascade = new(backend, Compact);
        TensorShape image = new(3, 2160, 3840);
        MemoryNeeds needs = new(backend, Compact, cascade, outside: 0);
        TilePlanner Planner(long budget, long most, long? own = null) =>
            new(backend, cascade, needs, budget, own, new UsableMemory(most / 4 * 3, most));
        long most = 400_000_000 + ((Environment.ProcessorCount + 3) / 4 - 1) * PerFourProcessors;
        Assert.Null(Planner(9_000_000_000, 10_000_000_000).Content(image, All));
        Assert.InRange(Planner(9_000_000_000, most).Content(image, All)!.Bytes, 1, most);
        Assert.Equal(
            $"The budget is 9000000000 bytes of memory, and this process can have {most} at most; it keeps to those.",
            Planner(9_000_000_000, most).Warning);
        Assert.Null(Planner(most, most).Warning);
        // If not even the minimum can be had, the error is not about the budget.
        string message = Assert.Throws<InsufficientMemoryException>(() => Planner(9_000_000_000, 77).Content(image, All)).Message;
        Assert.StartsWith("This process may take 77 bytes of memory; a picture of 3840x2160 pixels needs ", message);
        // The process's limit does not apply to a device's own memory.
        TilePlanner device = Planner(9_000_000_000, 77, own: 10_000_000_000);
        Assert.Null(device.Warning);
        Assert.Null(device.Content(image, All));
    }

    [Fact]
    public void MemoryThatAReaderHoldsCounts()
    {
        using Backend backend = CpuBackend.Create();
        using Cascade cascade = new(backend, Compact);
        TensorShape image = new(3, 2160, 3840);
        TilePlanner planner = new(backend, cascade, new MemoryNeeds(backend, Compact, cascade, outside: 0), budget: 600_000_000, own: null);
        PicturePlan plan = planner.Tiles(image, All, measureOnly: false);
        Assert.Equal(600_000_000 - plan.FixedBytes - 1000, planner.LeftForReading(plan, 1000));
        Assert.Equal(0, planner.LeftForReading(plan, 700_000_000));
        Assert.Throws<ArgumentException>(() => planner.Tiles(image, All, measureOnly: false, held: 600_000_000));
    }

    [Fact]
    public void SmallPicturesStayWhole()
    {
        using Backend backend = CpuBackend.Create();
        using Cascade cascade = new(backend, Compact);
        TilePlanner planner = new(backend, cascade, new MemoryNeeds(backend, Compact, cascade, outside: 0), budget: null, own: null);
        Assert.Null(planner.Content(new TensorShape(3, 512, 512), All));
        Assert.Null(planner.Content(new TensorShape(3, 2160, 3840), All));
        Assert.Null(planner.Style(new TensorShape(3, 512, 512), All));
        Assert.NotNull(planner.Content(new TensorShape(3, 8000, 8000), All));
        Assert.NotNull(planner.Style(new TensorShape(3, 8000, 8000), All));
    }

    [Fact]
    public void AStyleIsMeasuredOnceAtALevelThatRunsTwice()
    {
        using Backend backend = CpuBackend.Create();
        using Cascade cascade = new(backend, Compact);
        TilePlanner planner = new(backend, cascade, new MemoryNeeds(backend, Compact, cascade, outside: 0), budget: null, own: null);
        TensorShape image = new(3, 8000, 8000);
        Assert.Equal([3, 1], planner.Style(image, [3, 1, 3])!.Levels.Select(level => level.Tiles.Level));
        Assert.Equal([3, 1, 3], planner.Content(image, [3, 1, 3])!.Levels.Select(level => level.Tiles.Level));
    }

    [Fact]
    public void WithoutABudgetEveryPictureHasAPlan()
    {
        using Backend backend = CpuBackend.Create();
        using Cascade cascade = new(backend, Compact);
        TilePlanner planner = new(backend, cascade, new MemoryNeeds(backend, Compact, cascade, outside: 0), budget: null, own: null);
        PicturePlan plan = planner.Tiles(new TensorShape(3, 20000, 30000), All, measureOnly: false);
        Assert.All(plan.Levels, level => Assert.InRange(
            level.Size.Height * level.Tiles.Factor * (long)level.Size.Width * level.Tiles.Factor, 1 << 19, long.MaxValue));
    }

    // Halos computed by hand: conv5_1 needs 1 pixel at 1/16, four layers each at 1/8 and 1/4, two at 1/2 and two at full size.
    [Fact]
    public void HalosComeFromTheTableOfLayers()
    {
        using Backend backend = CpuBackend.Create();
        using Cascade cascade = new(backend, Compact);
        LevelTiles tiles = cascade.Tiles(5, new TensorShape(3, 4096, 4096));
        Area tile = new(new Interval(128, 160), new Interval(0, 32));
        Assert.Equal(new Area(new Interval(128 * 16 - 72, 160 * 16 + 72), new Interval(0, 32 * 16 + 72)), tiles.Encoding(tile).Input);
        Assert.Equal(new Area(new Interval(128 - 8, 160 + 8), new Interval(0, 32 + 8)), tiles.Decoding(tile).Input);
        Assert.Equal(8 * 16 + 72, tiles.Halo());
    }
}
