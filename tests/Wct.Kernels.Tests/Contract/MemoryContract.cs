using Wct.Kernels.Cpu;

namespace Wct.Kernels.Tests.Contract;

public class MemoryContract
{
    [Theory]
    [MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void WorkspaceTensorsWorkLikeOthers(string name)
    {
        using Backend backend = Backends.Create(name);
        TensorShape large = new(24, 9, 17), small = new(16, 4, 8);
        using Workspace workspace = backend.CreateWorkspace(backend.BytesOf(large) + backend.BytesOf(small));
        float[] first = Samples.Numbers(large.Length, 1), second = Samples.Numbers(small.Length, 2);
        for (int round = 0; round < 5; round++)
        {
            using Tensor a = workspace.Allocate(large), b = workspace.Allocate(small);
            // One too many for the workspace, so it comes from the backend's pool.
            using Tensor c = workspace.Allocate(small);
            backend.Write(first, a);
            backend.Write(second, b);
            backend.Write(second, c);
            Assert.Equal(first, backend.Numbers(a));
            Assert.Equal(second, backend.Numbers(b));
            Assert.Equal(second, backend.Numbers(c));
            BorderCheck.Reflects(backend, a);
        }
    }

    [Fact]
    public void AChainAllocatesOnlyFromItsWorkspace()
    {
        CountingSource source = new();
        using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Threads = 1, BufferSource = source });
        TensorShape[] chain = [new(3, 40, 40), new(64, 40, 40), new(64, 20, 20), new(128, 20, 20), new(128, 10, 10), new(16, 90, 11)];
        using Workspace workspace =
            backend.CreateWorkspace(chain.Zip(chain.Skip(1), (a, b) => backend.BytesOf(a) + backend.BytesOf(b)).Max());
        int before = source.Count;
        for (int round = 0; round < 3; round++)
        {
            Tensor current = workspace.Allocate(chain[0]);
            foreach (TensorShape shape in chain.Skip(1))
            {
                Tensor next = workspace.Allocate(shape);
                current.Dispose();
                current = next;
            }

            current.Dispose();
        }

        Assert.Equal(before, source.Count);
    }

    [Fact]
    public void AllocationsStayWithinThePredictedSizes()
    {
        CountingSource source = new();
        using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Threads = 2, BufferSource = source });
        foreach ((int inChannels, int outChannels, int kernel) in new[] { (3, 64, 3), (64, 64, 3), (16, 128, 3), (128, 16, 3), (64, 3, 3),
            (5, 3, 3), (24, 24, 1) })
        {
            foreach (Fusion fusion in new[] { Fusion.None, Fusion.PoolOutput, Fusion.UpsampleInput })
            {
                ConvolutionShape shape = new(outChannels, inChannels, kernel);
                long before = source.Bytes;
                using Convolution convolution = backend.PackConvolution(shape, new float[shape.WeightsLength], new float[outChannels]);
                Assert.InRange(source.Bytes - before, 1, backend.BytesOf(shape));
                using Tensor input = backend.Tensor(new TensorShape(inChannels, 66, 90), new float[inChannels * 66 * 90]);
                TensorShape full = (fusion == Fusion.UpsampleInput ? input.Shape.Upsampled : input.Shape).WithChannels(outChannels);
                using Tensor output = backend.Allocate(fusion == Fusion.PoolOutput ? full.Pooled : full);
                backend.FreeCachedBuffers();
                before = source.Bytes;
                backend.Convolve(input, convolution, Activation.None, output, fusion);
                Assert.InRange(source.Bytes - before, 0, backend.ScratchBytes(shape, fusion, input.Shape));
                before = source.Bytes;
                backend.Moments(output, new double[outChannels], new double[outChannels * outChannels]);
                Assert.InRange(source.Bytes - before, 0, backend.MomentsScratchBytes(output.Shape));
            }
        }
    }

    [Fact]
    public void AllocationsOfEveryConvolutionShapeStayWithinThePredictedSizes()
    {
        CountingSource source = new();
        using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Threads = 2, BufferSource = source });
        foreach (ConvolutionShape kind in ConvolutionShapes.Kinds)
        {
            foreach ((int outChannels, int inChannels) in new[] { (32, 3), (3, 32), (24, 40), (5, 3) })
            {
                ConvolutionShape shape = ConvolutionShapes.WithChannels(kind, outChannels, inChannels);
                foreach (Fusion fusion in shape.Stride == 1 ? Enum.GetValues<Fusion>() : [Fusion.None])
                {
                    long before = source.Bytes;
                    using Convolution convolution = backend.PackConvolution(shape, new float[shape.WeightsLength], new float[outChannels]);
                    Assert.InRange(source.Bytes - before, 1, backend.BytesOf(shape));
                    using Tensor input = backend.Tensor(new TensorShape(inChannels, 66, 190), new float[inChannels * 66 * 190]);
                    TensorShape full = shape.OutputOf(fusion == Fusion.UpsampleInput ? input.Shape.Upsampled : input.Shape);
                    using Tensor output = backend.Allocate(fusion == Fusion.PoolOutput ? full.Pooled : full);
                    backend.FreeCachedBuffers();
                    before = source.Bytes;
                    backend.Convolve(input, convolution, Activation.Tanh, output, fusion);
                    Assert.InRange(source.Bytes - before, 0, backend.ScratchBytes(shape, fusion, input.Shape));
                }
            }
        }
    }

    // Tiling plans are made from these sizes, and results must not depend on the number of threads.
    [Fact]
    public void PredictedSizesDoNotDependOnThreads()
    {
        using CpuBackend one = CpuBackend.Create(new CpuBackendOptions { Threads = 1 });
        using CpuBackend many = CpuBackend.Create(new CpuBackendOptions { Threads = Environment.ProcessorCount + 9 });
        TensorShape input = new(64, 66, 90);
        ConvolutionShape shape = new(32, 64, 3);
        Assert.Equal(one.BytesOf(input), many.BytesOf(input));
        Assert.Equal(one.BytesOf(shape), many.BytesOf(shape));
        Assert.Equal(one.ScratchBytes(shape, Fusion.None, input), many.ScratchBytes(shape, Fusion.None, input));
        Assert.Equal(one.MomentsScratchBytes(input), many.MomentsScratchBytes(input));
    }

    [Fact]
    public void MomentsAllocateLittleManagedMemory()
    {
        using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Threads = 1 });
        TensorShape shape = new(256, 64, 64);
        using Tensor features = backend.Tensor(shape, Samples.Numbers(shape.Length, 1));
        double[] mean = new double[256], covariance = new double[256 * 256];
        backend.Moments(features, mean, covariance);
        long before = GC.GetAllocatedBytesForCurrentThread();
        backend.Moments(features, mean, covariance);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 10);
    }
}
