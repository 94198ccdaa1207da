using Wct.Kernels.Gpu;
using Wct.Kernels.Gpu.OpenCl;
using Wct.Kernels.Tests.Contract;
using Wct.PtxInterpreter;

namespace Wct.Kernels.Tests.Gpu;

/// <summary>Properties of GPU backends beyond the backend contract.</summary>
public class GpuBackendTests
{
    public static TheoryData<string> Gpus => Backends.Gpus;

    [Theory]
    [MemberData(nameof(Gpus))]
    public void TheSelfTestPasses(string name)
    {
        using GpuBackend gpu = TestDevice.Open(name);
        gpu.SelfTest();
    }

    // The self-test misses two kernels whose buffers still hold fitting numbers: the memory that StorePixels writes has the bytes that
    // LoadPixels read, and RowSquares only measures errors.
    [Fact]
    public void TheSelfTestFindsEachBrokenKernel() => FaultyQueue.CheckSelfTest(
        queue => new GpuBackend(InterpretedQueue.Device, queue, threads: 2, ConvolutionPrecision.Single) { RootsFrom = 1 },
        () => new InterpretedQueue(), unnoticed: ["RowSquares", "StorePixels"]);

    [Theory]
    [MemberData(nameof(Gpus))]
    public void TheSameInputsGiveTheSameBytes(string name)
    {
        using GpuBackend gpu = TestDevice.Open(name);
        TensorShape shape = new(24, 40, 36);
        float[] numbers = Samples.Numbers(shape.Length, 1), weights = Samples.Numbers(24 * 24 * 9, 2);
        (float[] Map, double[] Covariance)[] runs = [Run(), Run()];
        Assert.Equal(runs[0].Map, runs[1].Map);
        Assert.Equal(runs[0].Covariance, runs[1].Covariance);

        (float[] Map, double[] Covariance) Run()
        {
            using Tensor input = gpu.Tensor(shape, numbers), output = gpu.Allocate(shape);
            using Convolution convolution = gpu.PackConvolution(new ConvolutionShape(24, 24, 3), weights, new float[24]);
            gpu.Convolve(input, convolution, Activation.Relu, output);
            double[] mean = new double[24], covariance = new double[24 * 24];
            gpu.Moments(output, mean, covariance);
            return (gpu.Numbers(output), covariance);
        }
    }

    // Large enough for several staging buffers, in both directions.
    [Theory]
    [MemberData(nameof(Gpus))]
    public void LargeMapsAreReadBack(string name)
    {
        using GpuBackend gpu = TestDevice.Open(name);
        TensorShape shape = new(3, 700, 801);
        float[] numbers = Samples.Numbers(shape.Length, 3);
        using Tensor tensor = gpu.Tensor(shape, numbers);
        Assert.Equal(numbers, gpu.Numbers(tensor));
    }

    [Theory]
    [MemberData(nameof(Gpus))]
    public void TooLargeTensorsAreNamed(string name)
    {
        using GpuBackend gpu = TestDevice.Open(name);
        TensorShape shape = new(4096, 30000, 30000);
        string message = Assert.Throws<InsufficientMemoryException>(() => gpu.Allocate(shape)).Message;
        Assert.Contains($"A tensor of {shape} needs", message);
        Assert.Contains("of the device's memory", message);
    }

    [Theory]
    [MemberData(nameof(Gpus))]
    public void AllocationsStayWithinThePredictedMemory(string name)
    {
        using GpuBackend gpu = TestDevice.Open(name);
        foreach ((int inChannels, int outChannels, int kernel) in new[] { (3, 64, 3), (16, 40, 3), (64, 3, 3), (5, 3, 3), (24, 24, 1) })
        {
            Fusion[] fusions = [Fusion.None, Fusion.PoolOutput, Fusion.UpsampleInput, Fusion.UpsampleInput | Fusion.PoolOutput];
            foreach (Fusion fusion in fusions)
            {
                ConvolutionShape shape = new(outChannels, inChannels, kernel);
                using Tensor input = gpu.Tensor(new TensorShape(inChannels, 18, 20), new float[inChannels * 18 * 20]);
                TensorShape full = (fusion.HasFlag(Fusion.UpsampleInput) ? input.Shape.Upsampled : input.Shape).WithChannels(outChannels);
                using Tensor output = gpu.Allocate(fusion.HasFlag(Fusion.PoolOutput) ? full.Pooled : full);
                gpu.FreeCachedBuffers();
                long before = gpu.PeakBytes;
                using Convolution convolution = gpu.PackConvolution(shape, new float[shape.WeightsLength], new float[outChannels]);
                gpu.Convolve(input, convolution, Activation.None, output, fusion);
                Assert.InRange(gpu.PeakBytes - before, 1, gpu.BytesOf(shape) + gpu.ScratchBytes(shape, fusion, input.Shape));
                gpu.FreeCachedBuffers();
                before = gpu.PeakBytes;
                gpu.Moments(output, new double[outChannels], new double[outChannels * outChannels]);
                Assert.Equal(gpu.MomentsScratchBytes(output.Shape), gpu.PeakBytes - before);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Gpus))]
    public void KeptBuffersAreFreedWhenMemoryIsShort(string name)
    {
        const int Limit = 26_000_000;
        using GpuBackend gpu = TestDevice.Open(name);
        gpu.MemoryLimit = Limit;
        Random random = new(3);
        List<Tensor> used = [];
        for (int round = 0; round < 300; round++)
        {
            if (used.Count == 4 || (used.Count > 0 && random.Next(2) == 0))
            {
                int index = random.Next(used.Count);
                used[index].Dispose();
                used.RemoveAt(index);
            }
            else
            {
                used.Add(gpu.Allocate(new TensorShape(random.Next(1, 40), random.Next(1, 200), random.Next(1, 200))));
            }

            Assert.InRange(gpu.HeldBytes, used.Sum(tensor => gpu.BytesOf(tensor.Shape)), Limit);
        }

        used.ForEach(tensor => tensor.Dispose());
        gpu.FreeCachedBuffers();
        Assert.Equal(0, gpu.HeldBytes);
    }

    // If the device has no memory left, the host computes roots.
    [Theory]
    [MemberData(nameof(Gpus))]
    public void WithoutMemoryTheHostComputesRoots(string name)
    {
        const int Size = 40;
        using GpuBackend gpu = TestDevice.Open(name);
        double[] matrix = new double[Size * Size], product = new double[Size * Size];
        for (int i = 0; i < matrix.Length; i += Size + 1)
            matrix[i] = 4;
        Assert.True(gpu.TryInverseRoot(matrix, matrix, Size, 1e-5, product));
        Assert.Equal(2, product[0], 1e-12);
        gpu.FreeCachedBuffers();
        gpu.MemoryLimit = 4 * Size * Size * sizeof(double);
        Assert.False(gpu.TryInverseRoot(matrix, matrix, Size, 1e-5, product));
        gpu.MemoryLimit = null;
        Assert.True(gpu.TryInverseRoot(matrix, matrix, Size, 1e-5, product));
    }

    [Theory]
    [MemberData(nameof(Gpus))]
    public void DisposedTensorsAreRefused(string name)
    {
        using GpuBackend gpu = TestDevice.Open(name);
        Tensor tensor = gpu.Allocate(new TensorShape(1, 1, 1));
        tensor.Dispose();
        tensor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => gpu.Numbers(tensor));
    }

    // Names of errors can be tested without a device.
    [Fact]
    public void ErrorsAreNamed()
    {
        string message = Assert.Throws<GpuException>(() => OpenClError.Check(-54, "OpenClDriver.EnqueueKernel(queue)")).Message;
        Assert.Equal("OpenCL: EnqueueKernel failed: CL_INVALID_WORK_GROUP_SIZE.", message);
        Assert.IsType<OutOfMemoryException>(Record.Exception(() => OpenClError.Check(-4, "OpenClDriver.CreateBuffer(context)")));
    }

    [Fact]
    public void FindingDevicesNeverThrows()
    {
        GpuDevices devices = GpuDevices.Find();
        Assert.Equal(devices.Cuda.Count == 0, devices.NoCuda is not null);
        Assert.Equal(devices.OpenCl.Count == 0, devices.NoOpenCl is not null);
        Assert.All(devices.All, device => Assert.True(device.Memory > 0 && device.Name.Length > 0, device.ToString()));
    }
}
