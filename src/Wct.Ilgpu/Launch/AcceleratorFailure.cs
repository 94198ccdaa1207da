using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Wct.Kernels.Gpu;

namespace Wct.Ilgpu.Launch;

/// <summary>Converts ILGPU's exceptions to those of this library.</summary>
internal static class AcceleratorFailure
{
    /// <summary>The exception for an error of ILGPU. Out of memory has its own exception, because pictures are then divided into
    /// tiles.</summary>
    internal static Exception Of(AcceleratorException error) => error switch
    {
        // ILGPU keeps only the text of the driver's error.
        CudaException { Error: "out of memory" } => new OutOfMemoryException(error.Message, error),
        CLException
        {
            Error: CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE or CLError.CL_OUT_OF_RESOURCES or CLError.CL_OUT_OF_HOST_MEMORY
                or CLError.CL_INVALID_BUFFER_SIZE,
        } => new OutOfMemoryException(error.Message, error),
        _ => new GpuException($"ILGPU: {error.Message}"),
    };
}
