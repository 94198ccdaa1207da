using Wct.Kernels.Gpu;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Gpu.Memory;
using Wct.Kernels.Tests.Contract;
using Wct.PtxInterpreter;

namespace Wct.Kernels.Tests.Gpu.Launch;

/// <summary>Operations that come again are recorded and had again at once; the results are those of single ones, to the bit.</summary>
public class RecordingTests
{
    // Writing the input and reading the output, of one launch each; a run's own layers, of one launch each.
    private const int Transfers = 2, Layers = 2;

    [Fact]
    public void WhatComesAgainIsReplayed()
    {
        using RecordedChain chain = new();
        for (int seed = 1; seed <= 4; seed++)
        {
            // Other numbers each time: what is left of the last run isn't right.
            float[] expected = chain.RunPlainly(seed, RecordedChain.Small), actual = [];
            (int Launches, int Replays) counts = chain.Counts(() => actual = chain.Run(seed, RecordedChain.Small));
            Assert.Equal(expected, actual);
            Assert.Equal(seed == 1 ? (Transfers + Layers, 0) : (Transfers, 1), counts);
            Assert.Equal(seed == 1 ? 0 : 1, chain.Queue.Recordings);
        }
    }

    // Modules are loaded and weights for enlarged inputs are made on the way: what comes first is no part of what comes again.
    [Fact]
    public void TheVeryFirstRunMayDiffer()
    {
        using RecordedChain chain = new();
        float[][] runs = [.. Enumerable.Range(0, 5).Select(_ => chain.Run(1, RecordedChain.Small))];
        Assert.All(runs, run => Assert.Equal(runs[0], run));
        Assert.Equal((Transfers, 1), chain.Counts(() => chain.Run(1, RecordedChain.Small)));
    }

    [Fact]
    public void EachSizeHasItsOwn()
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
    public void WhereItsMemoryIsTakenItRunsPlainly()
    {
        using RecordedChain chain = Recorded(out float[] expected);
        using (Tensor taken = chain.Gpu.Allocate(RecordedChain.Small))
        {
            float[] numbers = Samples.Numbers(taken.Shape.Length, 5);
            chain.Gpu.Write(numbers, taken);
            Assert.Equal((Transfers + Layers, 0), chain.Counts(() => Assert.Equal(expected, chain.Run(1, RecordedChain.Small))));
            Assert.Equal(numbers, chain.Gpu.Numbers(taken));
        }

        // Back again, it is as before.
        Assert.Equal((Transfers, 1), chain.Counts(() => Assert.Equal(expected, chain.Run(1, RecordedChain.Small))));
    }

    [Fact]
    public void MemoryThatIsFreedTakesItsRecordingsAlong()
    {
        using RecordedChain chain = Recorded(out float[] expected);
        // Room is made for what would be too much: by what is kept, and that is what the recording uses.
        chain.Gpu.MemoryLimit = chain.Gpu.HeldBytes + 8192;
        using (chain.Gpu.Allocate(RecordedChain.Large))
            Assert.Equal(0, chain.Queue.Recordings);
        chain.Gpu.MemoryLimit = null;
        Assert.Equal(expected, chain.Run(1, RecordedChain.Small));
    }

    [Fact]
    public void TrimmingFreesAll()
    {
        using RecordedChain chain = Recorded(out float[] expected);
        // Of memory that stays in use as well.
        using Tensor a = chain.Gpu.Tensor(RecordedChain.Small, new float[RecordedChain.Small.Length]);
        using Tensor b = chain.Gpu.Allocate(a.Shape.Pooled);
        for (int i = 0; i < 2; i++)
            chain.Gpu.RunReplayable(() => Pool(chain.Gpu, a, b));
        Assert.Equal(2, chain.Queue.Recordings);
        chain.Gpu.Trim();
        Assert.Equal(0, chain.Queue.Recordings);
        Assert.Equal(expected, chain.Run(1, RecordedChain.Small));
    }

    [Fact]
    public void NothingTakesMoreThanWithout()
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

    // A recording knows where weights lay, not whose they were.
    [Fact]
    public void OtherWeightsInTheSamePlaceAreTheOnesThatCount()
    {
        // Maps whose memory is none that a bias would take.
        TensorShape shape = new(8, 40, 44);
        using RecordedChain chain = Recorded(out float[] before, shape);
        chain.First.Dispose();
        Assert.Throws<ObjectDisposedException>(() => chain.Run(1, shape));
        chain.First = chain.Prepare(7);
        float[] expected = chain.RunPlainly(1, shape);
        Assert.NotEqual(before, expected);
        Assert.Equal((Transfers, 1), chain.Counts(() => Assert.Equal(expected, chain.Run(1, shape))));
    }

    [Fact]
    public void ReadingOnTheWayIsRightAndRecordsNothing()
    {
        using RecordedChain chain = new();
        using Tensor a = chain.Gpu.Tensor(RecordedChain.Small, Samples.Numbers(RecordedChain.Small.Length, 9));
        using Tensor b = chain.Gpu.Allocate(a.Shape.Pooled);
        float[] expected = chain.RunPlainly(1, RecordedChain.Small);
        Pool(chain.Gpu, a, b);
        float[] numbers = chain.Gpu.Numbers(a);
        for (int i = 0; i < 4; i++)
        {
            // What comes behind it is several launches too, and no more to be relied on than what came before.
            Assert.Equal(expected, chain.Run(1, RecordedChain.Small, () =>
            {
                Assert.Equal(numbers, chain.Gpu.Numbers(a));
                Pool(chain.Gpu, a, b);
            }));
        }

        Assert.Equal(0, chain.Queue.Asked);
    }

    [Fact]
    public void InnerOnesArePartOfTheOuter()
    {
        using RecordedChain chain = new();
        using Tensor a = chain.Gpu.Allocate(RecordedChain.Small), b = chain.Gpu.Allocate(a.Shape.Pooled);
        float[] expected = chain.RunPlainly(1, RecordedChain.Small);
        for (int i = 0; i < 3; i++)
            Assert.Equal(expected, chain.Run(1, RecordedChain.Small, () => chain.Gpu.RunReplayable(() => Pool(chain.Gpu, a, b))));
        Assert.Equal((2, 1), (chain.Queue.Replays, chain.Queue.Recordings));
    }

    [Fact]
    public void WhatWasAskedForBeforeAnErrorIsDone()
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
    public void ADriverThatCannotRecordIsAskedOnce(string failure)
    {
        using RecordedChain chain = new();
        chain.Queue.RecordFailure = Failure(failure);
        float[] expected = chain.RunPlainly(1, RecordedChain.Small);
        for (int i = 0; i < 5; i++)
            Assert.Equal((Transfers + Layers, 0), chain.Counts(() => Assert.Equal(expected, chain.Run(1, RecordedChain.Small))));
        Assert.Equal((1, 0), (chain.Queue.Asked, chain.Queue.Recordings));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void ADriverThatCannotReplayIsAskedNoMore(string failure)
    {
        using RecordedChain chain = Recorded(out float[] expected);
        chain.Queue.ReplayFailure = Failure(failure);
        for (int i = 0; i < 3; i++)
            Assert.Equal((Transfers + Layers, 0), chain.Counts(() => Assert.Equal(expected, chain.Run(1, RecordedChain.Small))));
        chain.Queue.ReplayFailure = null;
        Assert.Equal((Transfers + Layers, 0), chain.Counts(() => chain.Run(1, RecordedChain.Small)));
        Assert.Equal((1, 0), (chain.Queue.Asked, chain.Queue.Recordings));
    }

    [Fact]
    public void ALaunchThatFailsIsTold()
    {
        using RecordedChain chain = new();
        chain.RunPlainly(1, RecordedChain.Small);
        using Tensor a = chain.Gpu.Allocate(RecordedChain.Small), b = chain.Gpu.Allocate(a.Shape.Pooled);
        chain.Queue.LaunchFailure = new GpuException("refused");
        Assert.Equal("refused", Assert.Throws<GpuException>(() => chain.Gpu.RunReplayable(() => Pool(chain.Gpu, a, b))).Message);
        // It is over with that.
        chain.Gpu.RunReplayable(() => Pool(chain.Gpu, a, b));
    }

    // One that is disposed of on the way, too.
    [Fact]
    public void WithTheBackendAllRecordingsAreFreed()
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
    public void WithTheQueueAllIsGone()
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
