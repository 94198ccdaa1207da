using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.EntryPoints;
using ILGPU.Runtime;
using Wct.Kernels.Gpu.Launch;
using Wct.Kernels.Ilgpu;
using Wct.Kernels.Ilgpu.Tiles;

namespace Wct.Ilgpu.Launch;

/// <summary>A kernel, compiled by ILGPU for an accelerator.</summary>
internal sealed class AcceleratorKernel : IDisposable
{
    private static readonly Lazy<Dictionary<string, KernelMethod>> Methods = new(() => KernelMethod.All().ToDictionary(method => method.Name));

    private readonly Kernel _kernel;
    private readonly Type[] _parameters;
    private readonly int _groupSize;

    /// <summary>Compiles the kernel of that name.</summary>
    internal AcceleratorKernel(Accelerator accelerator, string name)
    {
        KernelMethod method = Methods.Value[name];
        _parameters = [.. method.Method.GetParameters().Select(parameter => parameter.ParameterType)];
        _groupSize = method.GroupSize;
        // The accelerator keeps what it compiled: other backends on it have it at once.
        CompiledKernel compiled = accelerator.CompileKernel(
            EntryPointDescription.FromExplicitlyGroupedKernel(method.Method), new KernelSpecialization(_groupSize, null));
        CompiledText.Mend(compiled);
        _kernel = accelerator.LoadKernel(compiled);
    }

    /// <summary>Enqueues it.</summary>
    /// <param name="arguments">Of the kernel's types: views and numbers.</param>
    internal void Launch(AcceleratorStream stream, GridSize groups, object[] arguments) =>
        _kernel.Launch(stream, new KernelConfig(new Index3D(groups.X, groups.Y, groups.Z), new Index3D(_groupSize, 1, 1)), arguments);

    /// <summary>A piece of memory as the view that an argument must be.</summary>
    internal object Argument(int index, ArrayView<byte> bytes)
    {
        Type type = _parameters[index];
        return type == typeof(ArrayView<float>) ? bytes.Cast<float>()
            : type == typeof(ArrayView<Quad>) ? bytes.Cast<Quad>()
            : type == typeof(ArrayView<double>) ? bytes.Cast<double>()
            : (object)bytes;
    }

    public void Dispose() => _kernel.Dispose();
}
