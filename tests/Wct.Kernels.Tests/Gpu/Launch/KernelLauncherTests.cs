using System.Reflection;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Tests.Gpu.Launch;

/// <summary>The launchers that the emitter wrote: each passes its own arguments to its own kernel, in the order of the kernel's
/// parameters.</summary>
public class KernelLauncherTests
{
    private static readonly GridSize Grid = new(7, 5, 3);

    public static TheoryData<string> Names => EmittedModule.Names;

    [Fact]
    public void EveryKernelHasALauncher() => Assert.Equal(
        KernelModules.All.Select(kernel => kernel.Name).Order(StringComparer.Ordinal),
        typeof(KernelLauncher).GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Select(method => method.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void ALauncherPassesItsArgumentsInTheKernelsOrder(string name)
    {
        const long Items = 1000;
        MethodInfo launcher = typeof(KernelLauncher).GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
        ParameterInfo size = launcher.GetParameters()[0];
        ParameterInfo[] parameters = launcher.GetParameters()[1..];
        // A different value for each argument, so that no two can be exchanged.
        object[] values =
            [.. parameters.Select((parameter, i) => parameter.ParameterType == typeof(int) ? (object)(100 + i) : new GpuBuffer(i + 1, 64))];
        ListingQueue queue = new();
        launcher.Invoke(new KernelLauncher(queue), [size.ParameterType == typeof(long) ? Items : Grid, .. values]);

        (KernelModule module, GridSize grid, GpuArgument[] arguments) = Assert.Single(queue.Launches);
        Assert.Equal(name, module.Name);
        Assert.Equal(module.Parameters.Select(parameter => parameter.Name), parameters.Select(parameter => parameter.Name!));
        Assert.Equal(values, arguments.Select(argument => argument.Buffer is { } buffer ? buffer : (object)argument.Number));
        int blocks = ((int)Items - 1) / module.ThreadBlockSize + 1;
        Assert.Equal(size.ParameterType == typeof(long) ? new GridSize(blocks) : Grid, grid);
    }

    [Fact]
    public void AGridThatNoDeviceTakesIsRefused()
    {
        ListingQueue queue = new();
        GpuBuffer buffer = new(1, 64);
        Assert.Throws<NotSupportedException>(() => new KernelLauncher(queue).Transpose(new GridSize(1, 65536), buffer, buffer, 1, 1));
        Assert.Throws<NotSupportedException>(() => new KernelLauncher(queue).Upsample2x(1L << 40, buffer, buffer, 1, 1, 1));
        Assert.Empty(queue.Launches);
    }

    // A module is loaded once, at its first launch.
    [Fact]
    public void AModuleIsLoadedOnce()
    {
        ListingQueue queue = new();
        GpuBuffer buffer = new(1, 64);
        for (int i = 0; i < 3; i++)
            new KernelLauncher(queue).MaxPool2x2(items: 4, buffer, buffer, channels: 1, height: 4, width: 4);
        Assert.Equal([KernelModules.MaxPool2x2], queue.Loaded);
        Assert.Equal(3, queue.Launches.Count);
    }

    /// <summary>A test device that lists launches and runs nothing.</summary>
    private sealed class ListingQueue : GpuQueue
    {
        internal List<KernelModule> Loaded { get; } = [];

        internal List<(KernelModule Module, GridSize Grid, GpuArgument[] Arguments)> Launches { get; } = [];

        internal override long LargestBuffer => throw new NotSupportedException();

        internal override GpuBuffer Allocate(long bytes) => throw new NotSupportedException();

        internal override void Free(GpuBuffer buffer) => throw new NotSupportedException();

        internal override PinnedMemory AllocatePinned(int bytes) => throw new NotSupportedException();

        internal override void Free(PinnedMemory memory) => throw new NotSupportedException();

        internal override nint CopyIn(PinnedMemory source, GpuBuffer destination, long offset, int bytes) =>
            throw new NotSupportedException();

        internal override nint CopyOut(GpuBuffer source, long offset, PinnedMemory destination, int bytes) =>
            throw new NotSupportedException();

        internal override void WaitFor(nint deviceEvent) => throw new NotSupportedException();

        internal override nint Load(KernelModule module)
        {
            Loaded.Add(module);
            return Loaded.Count;
        }

        internal override void Enqueue(KernelModule module, nint kernel, GridSize grid, ReadOnlySpan<GpuArgument> arguments) =>
            Launches.Add((module, grid, arguments.ToArray()));

        public override void Dispose()
        {
        }
    }
}
