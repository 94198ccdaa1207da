using Wct.Kernels.Gpu;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;
using Wct.Kernels.Tests.Contract;
using Wct.PtxInterpreter;

namespace Wct.Kernels.Tests.Gpu.Launch;

/// <summary>Repeated operations are recorded and replayed, with the same bytes as without recording.</summary>
public class RecordingTests
{
    // A run writes the input and reads the output with one launch each. Its two layers have one launch each.
    private const int Transfers = 2, Layers = 2;

    [Fact]
    public void RepeatedOperationsAreReplayed()
    {
        using RecordedChain chain = new();
        for (int seed = 1; seed <= 4; seed++)
        {
            // Different numbers each time, so that old results are wrong.
            float[] expected = chain.RunPlainly(seed, RecordedChain.Small), actual = [];
            (int Launches, int Replays) counts = chain.Counts(() => actual = chain.Run(seed, RecordedChain.Small));
            Assert.Equal(expected, actual);
            Assert.Equal(seed == 1 ? (Transfers + Layers, 0) : (Transfers, 1), counts);
            Assert.Equal(seed == 1 ? 0 : 1, chain.Queue.Recordings);
        }
    }

    // The first run also loads modules and folds weights, so its launches differ from later ones.
    [Fact]
    public void TheFirstRunMayDiffer()
    {
        using RecordedChain chain = new();
        float[][] runs = [.. Enumerable.Range(0, 5).Select(_ => chain.Run(1, RecordedChain.Small))];
        Assert.All(runs, run => Assert.Equal(runs[0], run));
        Assert.Equal((Transfers, 1), chain.Counts(() => chain.Run(1, RecordedChain.Small)));
    }

    [Fact]
    public void EachSizeHasItsOwnRecording()
    {
        using RecordedChain chain = new();
        TensorShape[] shapes = [RecordedChain.Small, RecordedChain.Large];
        float[][] expected = [.. shapes.Select(shape => chain.RunPlainly(1, shape))];
        for (int round = 0; round < 4; round++)
        {
            for (int i = 0; i < shapes.Length; i++)
            {
                Assert.Equal(expected[i], chain.Run(1, shapes[i]));
                Assert.Equal(round < 1 ? 0 : round < 2 ? i + 1 : 2, chain.Queue.Recordings);
            }
        }
    }

    [Fact]
    public void WithOtherBuffersLaunchesRunOneByOne()
    {
        using RecordedChain chain = Recorded(out float[] expected);
        using (Tensor taken = chain.Gpu.Allocate(RecordedChain.Small))
        {
            float[] numbers = Samples.Numbers(taken.Shape.Length, 5);
            chain.Gpu.Write(numbers, taken);
            Assert.Equal((Transfers + Layers, 0), chain.Counts(() => Assert.Equal(expected, chain.Run(1, RecordedChain.Small))));
            Assert.Equal(numbers, chain.Gpu.Numbers(taken));
        }

        // With the same buffers, the recording is used again.
        Assert.Equal((Transfers, 1), chain.Counts(() => Assert.Equal(expected, chain.Run(1, RecordedChain.Small))));
    }

    [Fact]
    public void FreeingMemoryFreesItsRecordings()
    {
        using RecordedChain chain = Recorded(out float[] expected);
        // Allocating frees the kept buffers, which the recording uses.
        chain.Gpu.MemoryLimit = chain.Gpu.HeldBytes + 8192;
        using (chain.Gpu.Allocate(RecordedChain.Large))
            Assert.Equal(0, chain.Queue.Recordings);
        chain.Gpu.MemoryLimit = null;
        Assert.Equal(expected, chain.Run(1, RecordedChain.Small));
    }

    [Fact]
    public void FreeCachedBuffersFreesAllRecordings()
    {
        using RecordedChain chain = Recorded(out float[] expected);
        // Also recordings of buffers that stay in use.
        using Tensor a = chain.Gpu.Tensor(RecordedChain.Small, new float[RecordedChain.Small.Length]);
        using Tensor b = chain.Gpu.Allocate(a.Shape.Pooled);
        for (int i = 0; i < 2; i++)
            chain.Gpu.RunReplayable(() => Pool(chain.Gpu, a, b));
        Assert.Equal(2, chain.Queue.Recordings);
        chain.Gpu.FreeCachedBuffers();
        Assert.Equal(0, chain.Queue.Recordings);
        Assert.Equal(expected, chain.Run(1, RecordedChain.Small));
    }

    [Fact]
    public void RecordingTakesNoMoreMemory()
    {
        using RecordedChain plain = new(), together = new();
        for (int i = 0; i < 4; i++)
        {
            plain.RunPlainly(1, RecordedChain.Large);
            together.Run(1, RecordedChain.Large);
            Assert.Equal((plain.Gpu.PeakBytes, plain.Gpu.HeldBytes), (together.Gpu.PeakBytes, together.Gpu.HeldBytes));
        }

        Assert.True(together.Queue.Replays > 0);
    }

    // A recording knows the addresses of weights, not their owner.
    [Fact]
    public void NewWeightsInTheSameBufferAreUsed()
    {
        // Maps large enough that a bias can't take their buffers.
        TensorShape shape = new(8, 40, 44);
        using RecordedChain chain = Recorded(out float[] before, shape);
        chain.First.Dispose();
        Assert.Throws<ObjectDisposedException>(() => chain.Run(1, shape));
        chain.First = chain.PackConvolution(7);
        float[] expected = chain.RunPlainly(1, shape);
        Assert.NotEqual(before, expected);
        Assert.Equal((Transfers, 1), chain.Counts(() => Assert.Equal(expected, chain.Run(1, shape))));
    }

    [Fact]
    public void ReadingResultsEndsTheCollecting()
    {
        using RecordedChain chain = new();
        using Tensor a = chain.Gpu.Tensor(RecordedChain.Small, Samples.Numbers(RecordedChain.Small.Length, 9));
        using Tensor b = chain.Gpu.Allocate(a.Shape.Pooled);
        float[] expected = chain.RunPlainly(1, RecordedChain.Small);
        Pool(chain.Gpu, a, b);
        float[] numbers = chain.Gpu.Numbers(a);
        for (int i = 0; i < 4; i++)
        {
            // After reading, several launches follow; they aren't recorded either.
            Assert.Equal(expected, chain.Run(1, RecordedChain.Small, () =>
            {
                Assert.Equal(numbers, chain.Gpu.Numbers(a));
                Pool(chain.Gpu, a, b);
            }));
        }

        Assert.Equal(0, chain.Queue.RecordCalls);
    }

    [Fact]
    public void NestedCallsArePartOfTheOuterOne()
    {
        using RecordedChain chain = new();
        using Tensor a = chain.Gpu.Allocate(RecordedChain.Small), b = chain.Gpu.Allocate(a.Shape.Pooled);
        float[] expected = chain.RunPlainly(1, RecordedChain.Small);
        for (int i = 0; i < 3; i++)
            Assert.Equal(expected, chain.Run(1, RecordedChain.Small, () => chain.Gpu.RunReplayable(() => Pool(chain.Gpu, a, b))));
        Assert.Equal((2, 1), (chain.Queue.Replays, chain.Queue.Recordings));
    }

    [Fact]
    public void OperationsBeforeAnErrorRun()
    {
        using RecordedChain chain = new();
        float[] numbers = Samples.Numbers(16, 1);
        using Tensor a = chain.Gpu.Tensor(new TensorShape(1, 4, 4), numbers), b = chain.Gpu.Tensor(a.Shape, new float[16]);
        Assert.Throws<OperationCanceledException>(() => chain.Gpu.RunReplayable(() =>
        {
            chain.Gpu.Copy(a, Region.Of(a.Shape), b, 0, 0);
            throw new OperationCanceledException();
        }));
        Assert.Equal(numbers, chain.Gpu.Numbers(b));
    }

    public static TheoryData<string> Failures => ["driver", "memory", "entry"];

    [Theory]
    [MemberData(nameof(Failures))]
    public void ADriverThatCantRecordIsAskedOnce(string failure)
    {
        using RecordedChain chain = new();
        chain.Queue.RecordFailure = Failure(failure);
        float[] expected = chain.RunPlainly(1, RecordedChain.Small);
        for (int i = 0; i < 5; i++)
            Assert.Equal((Transfers + Layers, 0), chain.Counts(() => Assert.Equal(expected, chain.Run(1, RecordedChain.Small))));
        Assert.Equal((1, 0), (chain.Queue.RecordCalls, chain.Queue.Recordings));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void ADriverThatCantReplayIsAskedOnce(string failure)
    {
        using RecordedChain chain = Recorded(out float[] expected);
        chain.Queue.ReplayFailure = Failure(failure);
        for (int i = 0; i < 3; i++)
            Assert.Equal((Transfers + Layers, 0), chain.Counts(() => Assert.Equal(expected, chain.Run(1, RecordedChain.Small))));
        chain.Queue.ReplayFailure = null;
        Assert.Equal((Transfers + Layers, 0), chain.Counts(() => chain.Run(1, RecordedChain.Small)));
        Assert.Equal((1, 0), (chain.Queue.RecordCalls, chain.Queue.Recordings));
    }

    [Fact]
    public void AFailedLaunchThrows()
    {
        using RecordedChain chain = new();
        chain.RunPlainly(1, RecordedChain.Small);
        using Tensor a = chain.Gpu.Allocate(RecordedChain.Small), b = chain.Gpu.Allocate(a.Shape.Pooled);
        chain.Queue.LaunchFailure = new GpuException("refused");
        Assert.Equal("refused", Assert.Throws<GpuException>(() => chain.Gpu.RunReplayable(() => Pool(chain.Gpu, a, b))).Message);
        // The next run succeeds.
        chain.Gpu.RunReplayable(() => Pool(chain.Gpu, a, b));
    }

    // Also if it is disposed of while collecting.
    [Fact]
    public void DisposingOfTheBackendFreesAllRecordings()
    {
        RecordedChain chain = Recorded(out _);
        Assert.Equal(1, chain.Queue.Recordings);
        using Tensor a = chain.Gpu.Allocate(RecordedChain.Small), b = chain.Gpu.Allocate(a.Shape.Pooled);
        chain.Gpu.RunReplayable(() =>
        {
            Pool(chain.Gpu, a, b);
            chain.Dispose();
        });
        Assert.Equal(0, chain.Queue.Recordings);
    }

    [Fact]
    public void DisposingOfTheQueueDropsCollectedLaunches()
    {
        InterpretedQueue inner = new();
        CollectingQueue queue = new(inner, inner);
        KernelLauncher launch = new(queue);
        GpuBuffer a = queue.Allocate(4096), b = queue.Allocate(4096);
        for (int i = 0; i < 3; i++)
        {
            Assert.True(queue.Begin());
            launch.Upsample2x(items: 16, input: a, output: b, channels: 1, height: 2, width: 2);
            launch.MaxPool2x2(items: 4, input: b, output: a, channels: 1, height: 4, width: 4);
            if (i < 2)
                queue.End();
        }

        Assert.Equal((2, 1, 1), (inner.Launches, inner.Replays, inner.Recordings));
        queue.Dispose();
        queue.End();
        Assert.Equal((2, 1, 0), (inner.Launches, inner.Replays, inner.Recordings));
    }

    private static RecordedChain Recorded(out float[] expected) => Recorded(out expected, RecordedChain.Small);

    private static RecordedChain Recorded(out float[] expected, TensorShape shape)
    {
        RecordedChain chain = new();
        expected = chain.RunPlainly(1, shape);
        chain.Run(1, shape);
        chain.Run(1, shape);
        Assert.Equal((1, 1), (chain.Queue.Recordings, chain.Queue.Replays));
        return chain;
    }

    private static void Pool(GpuBackend gpu, Tensor large, Tensor small)
    {
        gpu.MaxPool(large, small);
        gpu.Upsample(small, large);
    }

    private static Exception Failure(string name) => name switch
    {
        "driver" => new GpuException("it can't"),
        "memory" => new OutOfMemoryException(),
        _ => new EntryPointNotFoundException(),
    };
}
