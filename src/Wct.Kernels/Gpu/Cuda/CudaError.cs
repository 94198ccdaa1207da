using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wct.Kernels.Gpu.Cuda;

/// <summary>Turns the driver's error numbers into exceptions.</summary>
internal static class CudaError
{
    private const int OutOfMemory = 2;

    /// <summary>Throws unless the result is 0.</summary>
    /// <exception cref="OutOfMemoryException">The device is out of memory.</exception>
    /// <exception cref="GpuException">The driver reports any other error.</exception>
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
