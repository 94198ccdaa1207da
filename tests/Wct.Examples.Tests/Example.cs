using System.Diagnostics;
using Wct.Imaging;

namespace Wct.Examples.Tests;

/// <summary>A built example, run as a program.</summary>
internal static class Example
{
    // The tests lie in tests/Wct.Examples.Tests/bin/<configuration>/<framework>, the examples in the same place below examples.
    private static readonly string Output = Path.GetRelativePath(
        Path.Combine(Shared.Root, "tests", "Wct.Examples.Tests"), AppContext.BaseDirectory);

    /// <summary>An example's program, for the host to run.</summary>
    internal static string Program(string name) => Path.Combine(Shared.Root, "examples", name, Output, name + ".dll");

    /// <summary>Starts an example.</summary>
    internal static Process Start(string name, params string[] arguments) => Process.Start(
        new ProcessStartInfo(
            Programs.Dotnet, [Program(name), .. arguments])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>A picture of noise in a file.</summary>
    internal static PixelImage Noise(string path, int width, int height, int seed)
    {
        PixelImage noise = new(width, height, PixelLayout.Rgb24);
        new Random(seed).NextBytes(noise.Bytes);
        ImageFile.Write(path, noise);
        return noise;
    }
}
