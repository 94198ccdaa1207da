using Wct.Kernels.Gpu.Launch;

namespace Wct.Kernels.Gpu.Cuda;

/// <summary>A kernel's argument as it lies where CUDA is pointed to: memory as {address, elements}, a number in its first four bytes.</summary>
/// <remarks>The driver copies as many bytes of it as the kernel's parameter has.</remarks>
internal readonly struct CudaArgument
{
    private readonly nint _address;
    private readonly long _elements;

    private CudaArgument(nint address, long elements) => (_address, _elements) = (address, elements);

    /// <param name="elementBytes">Of an element of memory, as in <see cref="KernelModule.ElementBytes"/>.</param>
    internal static CudaArgument Of(in GpuArgument argument, int elementBytes) => argument.Buffer is { } buffer
        ? new CudaArgument(buffer.Handle, buffer.Bytes / elementBytes) : new CudaArgument(argument.Number, 0);
}
