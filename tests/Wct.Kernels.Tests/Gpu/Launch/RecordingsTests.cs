using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;

namespace Wct.Kernels.Tests.Gpu.Launch;

/// <summary>Which lists of launches and which recordings are kept.</summary>
public class RecordingsTests
{
    private static readonly GpuBuffer A = new(0x1000, 64), B = new(0x2000, 64), C = new(0x3000, 64);

    [Fact]
    public void TheLatestListsAreKept()
    {
        Recorder recorder = new();
        Recordings recordings = new(recorder);
        for (int number = 0; number <= Recordings.Capacity; number++)
        {
            Assert.False(recordings.Run(List(number, A, B)));
            Assert.True(recordings.Run(List(number, A, B)));
            // The first list comes again and again, so it is kept.
            Assert.True(recordings.Run(List(0, A, B)));
        }

        Assert.Equal(Recordings.Capacity, recorder.Kept.Count);
        int recorded = recorder.Recorded;
        Assert.True(recordings.Run(List(0, A, B)));
        Assert.True(recordings.Run(List(2, A, B)));
        Assert.Equal(recorded, recorder.Recorded);
        // The second list was dropped.
        Assert.False(recordings.Run(List(1, A, B)));
        recordings.Clear();
        Assert.Empty(recorder.Kept);
    }

    [Fact]
    public void ListsThatDifferInAnythingAreDifferent()
    {
        LaunchList list = List(1, A, B);
        Assert.True(list.IsSame(List(1, A, B)));
        Assert.True(list.IsSame(List(1, A with { }, B)));
        LaunchList longer = List(1, A, B), otherGrid = List(1, A, B, blocks: 3);
        longer.Add(KernelModules.MaxPool2x2, 1, new GridSize(2), [A, B, 1, 4, 4]);
        LaunchList otherKernel = List(1, A, B, kernel: KernelModules.Upsample2x);
        LaunchList[] others = [List(2, A, B), List(1, B, A), List(1, A, C), longer, otherGrid, otherKernel];
        Assert.All(others, other => Assert.False(list.IsSame(other)));
    }

    [Fact]
    public void FreeingABufferFreesOnlyRecordingsThatUseIt()
    {
        Recorder recorder = new();
        Recordings recordings = new(recorder);
        foreach (GpuBuffer[] buffers in (GpuBuffer[][])[[A, B], [A, C], [B, C]])
        {
            recordings.Run(List(1, buffers[0], buffers[1]));
            recordings.Run(List(1, buffers[0], buffers[1]));
        }

        recordings.Forget(A);
        Assert.Single(recorder.Kept);
        Assert.True(recordings.Run(List(1, B, C)));
        Assert.False(recordings.Run(List(1, A, B)));
    }

    // Recording it would gain nothing.
    [Fact]
    public void ASingleLaunchIsNotRecorded()
    {
        Recorder recorder = new();
        Recordings recordings = new(recorder);
        LaunchList list = new();
        list.Add(KernelModules.MaxPool2x2, 1, new GridSize(2), [A, B, 1, 4, 4]);
        for (int i = 0; i < 3; i++)
            Assert.False(recordings.Run(list));
        Assert.False(recordings.Run(new LaunchList()));
        Assert.Equal(0, recorder.Recorded);
    }

    private static LaunchList List(int number, GpuBuffer from, GpuBuffer to, int blocks = 2, KernelModule? kernel = null)
    {
        LaunchList list = new();
        kernel ??= KernelModules.MaxPool2x2;
        list.Add(kernel, 1, new GridSize(blocks), [from, to, number, 4, 4]);
        list.Add(kernel, 1, new GridSize(blocks), [to, from, number, 4, 4]);
        return list;
    }

    private sealed class Recorder : ILaunchRecorder
    {
        internal HashSet<nint> Kept { get; } = [];

        internal int Recorded { get; private set; }

        public nint Record(LaunchList launches)
        {
            Kept.Add(++Recorded);
            return Recorded;
        }

        public void Replay(nint recording) => Assert.Contains(recording, Kept);

        public void Forget(nint recording) => Assert.True(Kept.Remove(recording));
    }
}
