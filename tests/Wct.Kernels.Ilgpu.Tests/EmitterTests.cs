using System.Reflection;
using Wct.Kernels.Gpu;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Ilgpu.Emitter;

namespace Wct.Kernels.Ilgpu.Tests;

/// <summary>The build of Wct.Kernels relies on these properties of the emitter.</summary>
public class EmitterTests
{
    // Compares three runs: the build's, in its own process, and two here. The second one here follows other compilations.
    [Fact]
    public void TwoRunsGiveTheEmbeddedBytes()
    {
        Assembly embeds = typeof(GpuBackend).Assembly;
        using TemporaryFolder folder = new();
        string[] runs = [folder.File("first"), folder.File("second")];
        foreach (string run in runs)
            ModuleFolder.Write(run, EmittedFile.All());
        string[] embedded = [.. embeds.GetManifestResourceNames().Where(name => Path.GetExtension(name) is ".ptx" or ".cl")];
        Assert.NotEmpty(embedded);
        foreach (string run in runs)
        {
            string[] expected = [LauncherSource.FileName, .. embedded];
            string[] actual = [.. Directory.GetFiles(run).Select(file => Path.GetFileName(file))];
            Assert.Equal(expected.Order(StringComparer.Ordinal), actual.Order(StringComparer.Ordinal));
            Assert.All(
                embedded, name => Assert.Equal(Bytes(embeds.GetManifestResourceStream(name)!), File.ReadAllBytes(Path.Combine(run, name))));
        }

        string[] launchers = [.. runs.Select(run => File.ReadAllText(Path.Combine(run, LauncherSource.FileName)))];
        Assert.Equal(launchers[0], launchers[1]);
    }

    // The kernels' descriptions and constants, as Wct.Kernels has compiled them.
    [Fact]
    public void LaunchersDescribeTheKernels()
    {
        KernelMethod[] kernels = KernelMethod.All();
        Assert.Equal(kernels.Select(kernel => kernel.Name), KernelModules.All.Select(module => module.Name));
        foreach ((KernelMethod kernel, KernelModule module) in kernels.Zip(KernelModules.All))
        {
            Assert.Equal((kernel.ThreadBlockSize, kernel.TensorCores), (module.ThreadBlockSize, module.UsesTensorCores));
            Assert.Equal(kernel.Parameters, module.Parameters.Select(parameter => (parameter.Name, parameter.ElementBytes)));
        }

        Assert.Equal(Convolutions.Conv1x1.TilePixels, KernelConstants.Conv1x1.TilePixels);
        Assert.Equal(Tiles.WeightLayout.Chunk, KernelConstants.WeightLayout.Chunk);
        Assert.Equal(TensorCores.Tiles.TensorCoreConvolution.Block, KernelConstants.TensorCoreConvolution.Block);
    }

    [Fact]
    public void AFolderKeepsUnchangedFilesAndLosesThoseOfOtherKernels()
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
