using System.Globalization;
using Wct.Net.Models;

namespace Wct.Net.Tests.Golden;

/// <summary>A run of the cascade that is stored in tests/golden: its inputs, model and results.</summary>
internal sealed class StoredRun
{
    internal StoredRun(string folder)
    {
        Golden = new GoldenFile(Shared.Golden(folder));
        Levels = [.. Golden.Metadata["levels"].Select(digit => digit - '0')];
        Strength = double.Parse(Golden.Metadata["alpha"], CultureInfo.InvariantCulture);
        Model = GoldenModels.Create(Golden.Metadata["model"]);
    }

    internal GoldenFile Golden { get; }

    internal WctModel Model { get; }

    internal int[] Levels { get; }

    internal double Strength { get; }

    /// <summary>[3, H, W].</summary>
    internal int[] Shape(string name) =>
        Golden.Shape(name) is [int height, int width, 3] ? [3, height, width] : throw new InvalidOperationException(name);

    /// <summary>Reads a picture as planar floats in 0..1. The file has bytes, [H, W, 3].</summary>
    internal float[] Picture(string name)
    {
        byte[] bytes = Golden.Bytes(name);
        int pixels = bytes.Length / 3;
        return [.. Enumerable.Range(0, bytes.Length).Select(i => bytes[i % pixels * 3 + i / pixels] / 255f)];
    }

    /// <summary>The picture that a level passes to the next one.</summary>
    internal float[] Decoded(int level) => Array.ConvertAll(Golden.Singles($"L{level}.decoded"), value => Math.Clamp(value, 0, 1));
}
