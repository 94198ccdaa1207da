using Wct.Kernels.Gpu;
using Wct.Kernels.Ilgpu.Emitter;

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

    // What is checked in is what the sources give.
    [Fact]
    public void TheEmitterGivesTheModulesThatAreCheckedIn()
    {
        string modules = Path.Combine(Shared.Root, "src/Wct.Kernels/Gpu/Modules");
        Assert.All(KernelMethod.All(), kernel =>
        {
            using Compiler compiler = new(kernel.MatrixUnits);
            Assert.Equal(File.ReadAllText(Path.Combine(modules, kernel.Name + ".ptx")), ModuleText.OfPtx(compiler.Ptx(kernel.Method, kernel.GroupSize)));
            if (!kernel.MatrixUnits)
                Assert.Equal(File.ReadAllText(Path.Combine(modules, kernel.Name + ".cl")), ModuleText.OfOpenCl(compiler.OpenCl(kernel.Method, kernel.GroupSize), kernel.GroupSize));
        });
    }
}
