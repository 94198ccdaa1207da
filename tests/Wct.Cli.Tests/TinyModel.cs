using Wct.Net.Models;

[assembly: AssemblyFixture(typeof(Wct.Cli.Tests.TinyModel))]

namespace Wct.Cli.Tests;

/// <summary>A model of all five levels with very few channels and random weights.</summary>
public sealed class TinyModel : IDisposable
{
    private const int Seed = 2;

    // Channels after each block of VGG-19.
    private static readonly int[] Widths = [4, 5, 6, 7, 8];

    private readonly TemporaryFolder _folder = new();

    public TinyModel()
    {
        Model = new WctModel(RandomModel.Create(Widths, Seed).Levels, "a generator of random numbers", "none needed");
        Path = _folder.File("tiny.safetensors");
        Model.Save(Path);
        TwoLevels = _folder.File("two.safetensors");
        new WctModel(Model.Levels.Where(level => level.Level <= 2)).Save(TwoLevels);
    }

    /// <summary>The model.</summary>
    public WctModel Model { get; }

    /// <summary>Path of the model's file.</summary>
    public string Path { get; }

    /// <summary>Path of a file with the model's levels 2 and 1.</summary>
    public string TwoLevels { get; }

    public void Dispose() => _folder.Dispose();
}
