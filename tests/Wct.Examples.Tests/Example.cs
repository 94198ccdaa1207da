using System.Diagnostics;
using Wct.Imaging;

namespace Wct.Examples.Tests;

/// <summary>Runs the built examples.</summary>
internal static class Example
{
    // The tests are in tests/Wct.Examples.Tests/bin/<configuration>/<framework>, the examples at the same relative paths below examples.
    private static readonly string Output = Path.GetRelativePath(
        Path.Combine(Shared.Root, "tests", "Wct.Examples.Tests"), AppContext.BaseDirectory);

    /// <summary>Returns the path of an example's program, for the dotnet host.</summary>
    internal static string Program(string name) => Path.Combine(Shared.Root, "examples", name, Output, name + ".dll");

    /// <summary>Starts an example.</summary>
    internal static Process Start(string name, params string[] arguments) => Process.Start(
        new ProcessStartInfo(
            Programs.Dotnet, [Program(name), .. arguments])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>Writes a picture of noise to a file.</summary>
    internal static PixelImage Noise(string path, int width, int height, int seed)
    {
        PixelImage noise = new(width, height, PixelLayout.Rgb24);
        new Random(seed).NextBytes(noise.Bytes);
        ImageFile.Write(path, noise);
        return noise;
    }
}
