using ILGPU.Runtime;
using Wct.Ilgpu.Launch;
using Wct.Kernels;
using Wct.Kernels.Gpu;
using Wct.Kernels.Tests.Gpu;

namespace Wct.Ilgpu.Tests;

/// <summary>Tests the backend's properties and what it does beyond the backend contract, which has its own tests.</summary>
public class IlgpuBackendTests
{
    // The trial compares all kernels of a stylization with the scalar reference.
    [Fact]
    public void TheSelfTestPasses()
    {
        using IlgpuBackend backend = CpuAccelerator.Open();
        backend.SelfTest();
    }

    [Fact]
    public void TheSelfTestFindsEachBrokenKernel()
    {
        using IlgpuBackend backend = CpuAccelerator.Open();
        FaultyQueue.CheckSelfTest(
            queue => new GpuBackend(backend.Device, queue, threads: 1, ConvolutionPrecision.Single),
            () => AcceleratorQueue.Open(backend.Accelerator, null), every: 6);
    }

    [Fact]
    public void DescribesTheAccelerator()
    {
        using IlgpuBackend backend = CpuAccelerator.Open();
        Assert.Equal((GpuInterface.Ilgpu, "ilgpu:0", true), (backend.Device.Interface, backend.Device.Id, backend.Device.IsCpu));
        Assert.EndsWith("(ILGPU, CPU)", backend.Name);
        Assert.Same(backend.Accelerator.DefaultStream, backend.Stream);
        // The CPU accelerator reports unlimited memory; the machine's is finite.
        Assert.InRange(backend.DeviceMemoryBudget!.Value, 1, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        Assert.Contains("IlgpuBackend", Assert.Throws<NotSupportedException>(() => GpuBackend.Create(backend.Device)).Message);
    }

    // Inline PTX runs only on NVIDIA's devices. Elsewhere layers run in single precision.
    [Theory]
    [InlineData(ConvolutionPrecision.Half)]
    [InlineData(ConvolutionPrecision.Tf32)]
    public void WithoutTensorCoresPrecisionIsSingle(ConvolutionPrecision precision)
    {
        using IlgpuBackend single = CpuAccelerator.Open(), asked = new(single.Accelerator, threads: 1, precision: precision);
        Assert.False(asked.Device.TensorCores);
        Assert.Equal(Layer(single), Layer(asked));
    }

    // Two backends on two streams of one accelerator.
    [Fact]
    public void ComputesOnTheApplicationsStream()
    {
        using IlgpuBackend first = CpuAccelerator.Open();
        using AcceleratorStream stream = first.Accelerator.CreateStream();
        using (IlgpuBackend second = new(first.Accelerator, stream, threads: 1))
        {
            Assert.Same(stream, second.Stream);
            Assert.Equal(Layer(first), Layer(second));
        }

        Assert.False(stream.IsDisposed);
    }

    [Fact]
    public void MemoryIsLimitedAndFreed()
    {
        using IlgpuBackend backend = CpuAccelerator.Open();
        backend.MemoryLimit = 1 << 20;
        string message = Assert.Throws<InsufficientMemoryException>(() => backend.Allocate(new TensorShape(64, 100, 100))).Message;
        Assert.Contains("A tensor of [64, 100, 100] needs 2 MB of the device's memory", message);
        Tensor tensor = backend.Allocate(new TensorShape(16, 100, 100));
        Assert.InRange(backend.HeldBytes, 640_000, 1 << 20);
        tensor.Dispose();
        backend.FreeCachedBuffers();
        Assert.Equal(0, backend.HeldBytes);
    }

    private static float[] Layer(Backend backend)
    {
        const int Channels = 64;
        TensorShape shape = new(16, 5, 6), result = shape.WithChannels(Channels);
        float[] weights = new float[Channels * 16 * 9], numbers = new float[shape.Length], back = new float[result.Length];
        Random random = new(5);
        for (int i = 0; i < weights.Length; i++)
            weights[i] = random.NextSingle() - 0.5f;
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = random.NextSingle();
        using Convolution convolution = backend.PackConvolution(new ConvolutionShape(Channels, 16, 3), weights, new float[Channels]);
        using Tensor input = backend.Allocate(shape), output = backend.Allocate(result);
        backend.Write(numbers, input);
        backend.Convolve(input, convolution, Activation.Relu, output);
        backend.Read(output, back);
        return back;
    }
}
