using Wct.Kernels.Gpu;
using Wct.Kernels.Reference;
using Wct.Kernels.Tests.Contract;

namespace Wct.Kernels.Tests.Gpu.Launch;

/// <summary>Collected launches keep their place in the order: no later operation, of this thread or another, runs before them.</summary>
public class CollectingOrderTests
{
    // With one channel, reading and writing need no launch.
    private static readonly TensorShape Shape = new(1, 4, 4);

    private static readonly float[] Mine = Samples.Numbers(16, 1), Others = Samples.Numbers(16, 2);

    [Fact]
    public void WritesRunAfterCollectedReaders()
    {
        using RecordedChain chain = new();
        using Tensor input = chain.Gpu.Tensor(Shape, Mine), output = chain.Gpu.Allocate(Shape);
        chain.Gpu.RunReplayable(() =>
        {
            Copy(chain.Gpu, input, output);
            chain.Gpu.Write(Others, input);
        });
        Assert.Equal(Mine, chain.Gpu.Numbers(output));
        Assert.Equal(Others, chain.Gpu.Numbers(input));
    }

    [Fact]
    public void ReadsRunAfterCollectedWriters()
    {
        using RecordedChain chain = new();
        using Tensor input = chain.Gpu.Tensor(Shape, Mine), output = chain.Gpu.Tensor(Shape, Others);
        chain.Gpu.RunReplayable(() =>
        {
            Copy(chain.Gpu, input, output);
            Assert.Equal(Mine, chain.Gpu.Numbers(output));
        });
    }

    [Fact]
    public void MemoryIsFreedAfterCollectedUsers()
    {
        using RecordedChain chain = new();
        using Tensor input = chain.Gpu.Tensor(Shape, Mine), output = chain.Gpu.Allocate(Shape);
        chain.Gpu.RunReplayable(() =>
        {
            Through(chain.Gpu, input, output);
            chain.Gpu.FreeCachedBuffers();
        });
        Assert.Equal(Mine, chain.Gpu.Numbers(output));
    }

    // A disposed tensor's buffer is reused while launches that use it are still collected.
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void ReusedMemoryBelongsToItsNewOwner(bool anotherThread, bool byLaunch)
    {
        using RecordedChain chain = new();
        using Tensor input = chain.Gpu.Tensor(Shape, Mine), output = chain.Gpu.Allocate(Shape), source = chain.Gpu.Tensor(Shape, Others);
        Tensor? next = null;
        chain.Gpu.RunReplayable(() =>
        {
            Through(chain.Gpu, input, output);
            long held = chain.Gpu.HeldBytes;
            On(anotherThread, () =>
            {
                next = chain.Gpu.Allocate(Shape);
                if (byLaunch)
                    Copy(chain.Gpu, source, next);
                else
                    chain.Gpu.Write(Others, next);
            });
            Assert.Equal(held, chain.Gpu.HeldBytes);
        });
        Assert.Equal(Mine, chain.Gpu.Numbers(output));
        Assert.Equal(Others, chain.Gpu.Numbers(next!));
        next!.Dispose();
    }

    // Another operation ends the collecting of this run. Earlier recordings are kept.
    [Fact]
    public void AnotherThreadsOperationEndsTheCollectingOnce()
    {
        using RecordedChain chain = new();
        using Tensor source = chain.Gpu.Tensor(Shape, Others), copy = chain.Gpu.Allocate(Shape);
        float[] expected = chain.RunPlainly(1, RecordedChain.Small);
        for (int i = 0; i < 3; i++)
            Assert.Equal(expected, chain.Run(1, RecordedChain.Small, () => On(anotherThread: true, () => Copy(chain.Gpu, source, copy))));
        Assert.Equal(0, chain.Queue.RecordCalls);
        for (int i = 0; i < 3; i++)
            Assert.Equal(expected, chain.Run(1, RecordedChain.Small));
        Assert.Equal((1, 2), (chain.Queue.Recordings, chain.Queue.Replays));
    }

    [Fact]
    public void OneThreadCollectsAtATime()
    {
        using RecordedChain chain = new();
        using Tensor source = chain.Gpu.Tensor(Shape, Others), copy = chain.Gpu.Allocate(Shape);
        float[] expected = chain.RunPlainly(1, RecordedChain.Small);
        for (int i = 0; i < 3; i++)
        {
            float[] result = chain.Run(
                1, RecordedChain.Small, () => On(anotherThread: true, () => chain.Gpu.RunReplayable(() => Copy(chain.Gpu, source, copy))));
            Assert.Equal(expected, result);
            Assert.Equal(Others, chain.Gpu.Numbers(copy));
        }

        Assert.Equal(0, chain.Queue.RecordCalls);
    }

    // Another thread's operation has the collected launches enqueued. If one fails, that operation doesn't throw.
    [Fact]
    public void AFailureIsThrownOnItsOwnThread() => Assert.Equal(
        Others,
        AfterFailure<GpuException>("refused", (gpu, other) => On(anotherThread: true, () => gpu.Write(Others, other))));

    [Fact]
    public void TheFirstFailureIsThrown() => AfterFailure<InsufficientMemoryException>(
        "the next layer", (_, _) => throw new InsufficientMemoryException("the next layer"));

    // Memory is freed even if launches before it fail.
    [Fact]
    public void FreeingDoesntThrow()
    {
        bool passed = false;
        AfterFailure<GpuException>("refused", (gpu, _) =>
        {
            gpu.FreeCachedBuffers();
            passed = true;
        });
        Assert.True(passed);
    }

    // Weights are folded once. A failed launch before must not leave them unmade.
    [Fact]
    public void FailedLaunchesDontLeaveFoldedWeightsUnmade()
    {
        using RecordedChain chain = new();
        TensorShape small = new(8, 4, 4);
        ConvolutionShape layer = new(8, 8, 3);
        float[] numbers = Samples.Numbers(small.Length, 3), weights = Samples.Numbers(layer.WeightsLength, 4);
        using ReferenceBackend reference = new();
        using Convolution expected = reference.PackConvolution(layer, weights, new float[8]);
        using Convolution convolution = chain.Gpu.PackConvolution(layer, weights, new float[8]);
        using Tensor plain = reference.Tensor(small, numbers), large = reference.Allocate(small.Upsampled);
        using Tensor input = chain.Gpu.Tensor(small, numbers), other = chain.Gpu.Allocate(small);
        using Tensor output = chain.Gpu.Allocate(small.Upsampled);
        Assert.Throws<GpuException>(() => chain.Gpu.RunReplayable(() =>
        {
            Copy(chain.Gpu, input, other);
            chain.Queue.LaunchFailure = new GpuException("refused");
            chain.Gpu.Convolve(input, convolution, Activation.None, output, Fusion.UpsampleInput);
        }));
        chain.Gpu.Convolve(input, convolution, Activation.None, output, Fusion.UpsampleInput);
        reference.Convolve(plain, expected, Activation.None, large, Fusion.UpsampleInput);
        Accuracy.Check<float>("the enlarged", 1e-12, reference.Numbers(large), chain.Gpu.Numbers(output));
    }

    [Fact]
    public async Task ConcurrentThreadsGetTheirOwnResults()
    {
        using RecordedChain chain = new();
        TensorShape[] shapes = [RecordedChain.Small, RecordedChain.Large, RecordedChain.Small];
        float[][] expected = [.. shapes.Select((shape, i) => chain.RunPlainly(i, shape))];
        await Task.WhenAll(shapes.Select((shape, i) => Task.Run(() =>
        {
            for (int run = 0; run < 20; run++)
                Assert.Equal(expected[i], chain.Run(i, shape));
        })));
    }

    // Runs collected launches of which one fails, then an action, and checks the exception and that the chain runs afterwards.
    // Returns the numbers of the tensor that the action is given.
    private static float[] AfterFailure<T>(string message, Action<GpuBackend, Tensor> next)
        where T : Exception
    {
        using RecordedChain chain = new();
        using Tensor input = chain.Gpu.Tensor(Shape, Mine), output = chain.Gpu.Allocate(Shape), other = chain.Gpu.Tensor(Shape, Mine);
        Assert.Equal(message, Assert.Throws<T>(() => chain.Gpu.RunReplayable(() =>
        {
            Through(chain.Gpu, input, output);
            chain.Queue.LaunchFailure = new GpuException("refused");
            next(chain.Gpu, other);
        })).Message);
        float[] numbers = chain.Gpu.Numbers(other);
        chain.Gpu.RunReplayable(() => Through(chain.Gpu, input, output));
        Assert.Equal(Mine, chain.Gpu.Numbers(output));
        return numbers;
    }

    private static void On(bool anotherThread, Action work)
    {
        if (!anotherThread)
        {
            work();
            return;
        }

        Exception? error = null;
        Thread thread = new(() => error = Record.Exception(work));
        thread.Start();
        thread.Join();
        Assert.Null(error);
    }

    // Copies through a tensor that is disposed of at once.
    private static void Through(GpuBackend gpu, Tensor input, Tensor output)
    {
        using Tensor passing = gpu.Allocate(input.Shape);
        Copy(gpu, input, passing);
        Copy(gpu, passing, output);
    }

    private static void Copy(GpuBackend gpu, Tensor from, Tensor to) => gpu.Copy(from, Region.Of(from.Shape), to, 0, 0);
}
