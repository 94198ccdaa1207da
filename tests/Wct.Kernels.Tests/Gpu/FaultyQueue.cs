using Wct.Kernels.Gpu;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Tests.Gpu;

/// <summary>A queue that skips the launches of one kernel, as a faulty driver may, and records the names of all launched kernels.</summary>
/// <param name="inner">The queue that runs everything else. This queue owns it.</param>
/// <param name="broken">The name of the kernel that is skipped; null for none.</param>
internal sealed unsafe class FaultyQueue(GpuQueue inner, string? broken = null) : GpuQueue
{
    /// <summary>The names of the kernels that were launched, including the skipped one.</summary>
    internal SortedSet<string> Launched { get; } = new(StringComparer.Ordinal);

    internal override long LargestBuffer => inner.LargestBuffer;

    /// <summary>Runs the self-test for each kernel that it launches, with that kernel broken. It must fail each time.</summary>
    /// <param name="create">Creates a backend on a queue.</param>
    /// <param name="open">Opens a queue without faults.</param>
    /// <param name="every">Breaks only every so many kernels, because a self-test is slow on some devices.</param>
    /// <param name="unnoticed">Kernels without which the self-test passes.</param>
    internal static void CheckSelfTest(
        Func<GpuQueue, GpuBackend> create, Func<GpuQueue> open, int every = 1, params string[] unnoticed)
    {
        List<string> missed = [];
        FaultyQueue sound = new(open());
        using (GpuBackend gpu = create(sound))
            gpu.SelfTest();
        Assert.InRange(sound.Launched.Count, 10, int.MaxValue);
        foreach (string kernel in sound.Launched.Where((_, index) => index % every == 0))
        {
            FaultyQueue faulty = new(open(), kernel);
            using GpuBackend gpu = create(faulty);
            if (Record.Exception(gpu.SelfTest) is { } failure)
                Assert.Contains("computes wrong results: the self-test of ", Assert.IsType<GpuException>(failure).Message);
            else
                missed.Add(kernel);
            Assert.Contains(kernel, faulty.Launched);
        }

        Assert.Equal(unnoticed, missed);
    }

    public override void Dispose() => inner.Dispose();

    // Freed memory may still have the results of an earlier backend, with which a skipped kernel would seem to work. Ones are NaN in single
    // and in double precision.
    internal override GpuBuffer Allocate(long bytes)
    {
        const int Most = 1 << 16;
        GpuBuffer buffer = inner.Allocate(bytes);
        PinnedMemory ones = inner.AllocatePinned(Most);
        new Span<byte>((void*)ones.Pointer, Most).Fill(0xFF);
        for (long at = 0; at < bytes; at += Most)
            inner.WaitFor(inner.CopyIn(ones, buffer, at, (int)Math.Min(Most, bytes - at)));
        inner.Free(ones);
        return buffer;
    }

    internal override void Free(GpuBuffer buffer) => inner.Free(buffer);

    internal override PinnedMemory AllocatePinned(int bytes) => inner.AllocatePinned(bytes);

    internal override void Free(PinnedMemory memory) => inner.Free(memory);

    internal override nint CopyIn(PinnedMemory source, GpuBuffer destination, long offset, int bytes) =>
        inner.CopyIn(source, destination, offset, bytes);

    internal override nint CopyOut(GpuBuffer source, long offset, PinnedMemory destination, int bytes) =>
        inner.CopyOut(source, offset, destination, bytes);

    internal override void WaitFor(nint deviceEvent) => inner.WaitFor(deviceEvent);

    internal override nint Load(KernelModule module) => inner.Load(module);

    internal override void Enqueue(KernelModule module, nint kernel, GridSize grid, ReadOnlySpan<GpuArgument> arguments)
    {
        Launched.Add(module.Name);
        if (module.Name != broken)
            inner.Enqueue(module, kernel, grid, arguments);
    }
}
