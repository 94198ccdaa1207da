using System.Reflection;
using Wct.Kernels.Gpu;
using Wct.Kernels.Ilgpu.Emitter;

namespace Wct.Kernels.Ilgpu.Tests;

/// <summary>What the build of Wct.Kernels relies on.</summary>
public class EmitterTests
{
    // Three runs: the build's in its own process, and two here, of which the second follows other compilations.
    [Fact]
    public void TwoRunsGiveTheBytesThatAreEmbedded()
    {
        Assembly embeds = typeof(GpuBackend).Assembly;
        using TemporaryFolder folder = new();
        string[] runs = [folder.File("first"), folder.File("second")];
        foreach (string run in runs)
            ModuleFolder.Write(run, EmittedFile.All());
        string[] embedded = [.. embeds.GetManifestResourceNames().Where(name => Path.GetExtension(name) is ".ptx" or ".cl" or ".json")];
        Assert.Contains("manifest.json", embedded);
        foreach (string run in runs)
        {
            Assert.Equal(embedded.Order(StringComparer.Ordinal), Directory.GetFiles(run).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            Assert.All(embedded, name => Assert.Equal(Bytes(embeds.GetManifestResourceStream(name)!), File.ReadAllBytes(Path.Combine(run, name))));
        }
    }

    [Fact]
    public void AFolderKeepsFilesThatAreRightAndLosesThoseOfOtherKernels()
    {
        using TemporaryFolder folder = new();
        string modules = folder.File("modules");
        ModuleFolder.Write(modules, [new("Kept.ptx", "same"), new("Changed.cl", "old"), new("Gone.cl", "old")]);
        DateTime before = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        foreach (string file in Directory.GetFiles(modules))
            File.SetLastWriteTimeUtc(file, before);
        ModuleFolder.Write(modules, [new("Kept.ptx", "same"), new("Changed.cl", "new")]);
        Assert.Equal(["Changed.cl", "Kept.ptx"], Directory.GetFiles(modules).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("new", File.ReadAllText(Path.Combine(modules, "Changed.cl")));
        Assert.Equal(before, File.GetLastWriteTimeUtc(Path.Combine(modules, "Kept.ptx")));
        Assert.NotEqual(before, File.GetLastWriteTimeUtc(Path.Combine(modules, "Changed.cl")));
    }

    private static byte[] Bytes(Stream stream)
    {
        using (stream)
        {
            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }
}
