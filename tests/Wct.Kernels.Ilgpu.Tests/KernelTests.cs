using Wct.Kernels.Gpu;

namespace Wct.Kernels.Ilgpu.Tests;

public class KernelTests
{
    // All kernels of a stylisation against the scalar definitions, see GpuBackend.Try.
    [Fact]
    public void TheTrialPassesOnTheAccelerator()
    {
        using GpuBackend gpu = new(AcceleratorQueue.Device, new AcceleratorQueue(), threads: 1, ConvolutionPrecision.Single) { RootsFrom = 1 };
        gpu.Try();
    }
}
