using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Ilgpu;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Ilgpu.Launch;

/// <summary>A kernel that ILGPU compiled for an accelerator.</summary>
internal sealed class AcceleratorKernel : IDisposable
{
    private static readonly Lazy<Dictionary<string, KernelMethod>> Methods =
        new(() => KernelMethod.All().ToDictionary(method => method.Name));

    private readonly KernelModule _module;
    private readonly Kernel _kernel;

    /// <summary>Compiles and loads a kernel.</summary>
    internal AcceleratorKernel(Accelerator accelerator, KernelModule module)
    {
        _module = module;
        KernelMethod method = Methods.Value[module.Name];
        // The accelerator keeps compiled kernels, so other backends on it needn't compile again.
        CompiledKernel compiled = accelerator.CompileKernel(
            EntryPointDescription.FromExplicitlyGroupedKernel(method.Method), new KernelSpecialization(method.ThreadBlockSize, null));
        CompiledText.Fix(compiled);
        _kernel = accelerator.LoadKernel(compiled);
    }

    /// <summary>Launches the kernel.</summary>
    /// <param name="stream">The stream in which the launch is enqueued.</param>
    /// <param name="grid">Thread blocks in each dimension.</param>
    /// <param name="arguments">Views from <see cref="Argument"/> and ints, in the order of the kernel's parameters.</param>
    internal void Launch(AcceleratorStream stream, GridSize grid, object[] arguments) => _kernel.Launch(
        stream, new KernelConfig(new Index3D(grid.X, grid.Y, grid.Z), new Index3D(_module.ThreadBlockSize, 1, 1)), arguments);

    /// <summary>The bytes of a buffer as a view with the parameter's element type.</summary>
    internal object Argument(int index, ArrayView<byte> bytes) => _module.Parameters[index].ElementBytes switch
    {
        sizeof(float) => bytes.Cast<float>(),
        sizeof(double) => bytes.Cast<double>(),
        4 * sizeof(float) => bytes.Cast<Quad>(),
        _ => bytes,
    };

    public void Dispose() => _kernel.Dispose();
}
