using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wct.Kernels.Gpu.Cuda;

/// <summary>What the driver's numbers mean.</summary>
internal static class CudaError
{
    private const int OutOfMemory = 2;

    /// <summary>Nothing for 0.</summary>
    /// <exception cref="OutOfMemoryException">The device's memory is used up.</exception>
    /// <exception cref="GpuException">Anything else.</exception>
    internal static void Check(int result, [CallerArgumentExpression(nameof(result))] string call = "")
    {
        if (result == 0)
            return;
        string message = $"CUDA: {CallName.Of(call)} failed: {Name(result)}.";
        throw result == OutOfMemory ? new OutOfMemoryException(message) : new GpuException(message);
    }

    private static string Name(int result)
    {
        string? name = CudaDriver.GetErrorName(result, out nint pointer) == 0 ? Marshal.PtrToStringUTF8(pointer) : null;
        string? text = CudaDriver.GetErrorString(result, out pointer) == 0 ? Marshal.PtrToStringUTF8(pointer) : null;
        return $"{name ?? $"error {result}"} ({text ?? "unknown"})";
    }
}
