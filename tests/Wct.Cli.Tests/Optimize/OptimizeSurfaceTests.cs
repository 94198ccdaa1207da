using System.CommandLine;
using Wct.Cli.Optimize;
using Wct.Training;

namespace Wct.Cli.Tests.Optimize;

/// <summary>Tests that the tool has every option of <see cref="PixelOptimizer"/>, or that the table gives a reason.</summary>
public class OptimizeSurfaceTests
{
    // Property of the library; option of 'wct optimize'. "!" begins the reason why there is none.
    private static readonly Dictionary<string, string> Table = new()
    {
        [nameof(PixelOptimizerOptions.Steps)] = "--steps",
        [nameof(PixelOptimizerOptions.Network)] = "--network",
        [nameof(PixelOptimizerOptions.Pooling)] = "--pool",
        [nameof(PixelOptimizerOptions.Method)] = "--optimizer",
        [nameof(PixelOptimizerOptions.Rate)] = "--lr",
        [nameof(PixelOptimizerOptions.Start)] = "--start",
        [nameof(PixelOptimizerOptions.Pyramid)] = "--pyramid",
        [nameof(PixelOptimizerOptions.PreserveColor)] = "--preserve-color",
        [nameof(PixelOptimizerOptions.PictureEvery)] = "--save-every",
        [nameof(PixelOptimizerOptions.OnPicture)] = "--save-steps",
        [nameof(PixelOptimizerOptions.Checkpoint)] = "--checkpoint",
        [nameof(PixelOptimizerOptions.CheckpointEvery)] = "!a checkpoint is written every 50 steps, and when the run is interrupted",
        [nameof(PixelOptimizerOptions.Resume)] = "--resume",
        [nameof(PixelOptimizerOptions.Threads)] = "--threads",
        [nameof(PixelOptimizerOptions.Backend)] = "!an object of the application's process",
    };

    [Fact]
    public void TheTableHasAllLibraryOptions() => Assert.Equal(
        typeof(PixelOptimizerOptions).GetProperties().Select(property => property.Name).Order(), Table.Keys.Order());

    [Fact]
    public void TheToolHasTheTablesOptions()
    {
        Command command = new(OptimizeCommand.Name);
        OptimizeCommand.AddTo(command, TestContext.Current.CancellationToken);
        Assert.Empty(Table.Values.Where(option => !option.StartsWith('!')).Except(command.Options.Select(option => option.Name)));
    }
}
