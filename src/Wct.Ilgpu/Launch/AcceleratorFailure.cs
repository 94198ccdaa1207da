using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Wct.Kernels.Gpu;

namespace Wct.Ilgpu.Launch;

/// <summary>ILGPU's errors as ours.</summary>
internal static class AcceleratorFailure
{
    /// <summary>Memory that isn't there is told apart: pictures then go on in tiles.</summary>
    internal static Exception Of(AcceleratorException error) => error switch
    {
        // ILGPU keeps the driver's text of an error, not its number.
        CudaException { Error: "out of memory" } => new OutOfMemoryException(error.Message, error),
        CLException { Error: CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE or CLError.CL_OUT_OF_RESOURCES or CLError.CL_OUT_OF_HOST_MEMORY or CLError.CL_INVALID_BUFFER_SIZE } =>
            new OutOfMemoryException(error.Message, error),
        _ => new GpuException($"ILGPU: {error.Message}"),
    };
}
