using Wct.Kernels.Gpu.Launch;

namespace Wct.Kernels.Gpu.Cuda;

/// <summary>A kernel's argument as CUDA reads it from memory: a buffer as {address, elements}, an int in the first four bytes.</summary>
/// <remarks>The driver copies as many bytes as the kernel's parameter has.</remarks>
internal readonly struct CudaArgument
{
    private readonly nint _address;
    private readonly long _elements;

    private CudaArgument(nint address, long elements) => (_address, _elements) = (address, elements);

    /// <param name="argument">The buffer or int.</param>
    /// <param name="elementBytes">The <see cref="KernelParameter.ElementBytes"/> of the parameter.</param>
    internal static CudaArgument Of(in GpuArgument argument, int elementBytes) => argument.Buffer is { } buffer
        ? new CudaArgument(buffer.Handle, buffer.Bytes / elementBytes) : new CudaArgument(argument.Number, 0);
}
