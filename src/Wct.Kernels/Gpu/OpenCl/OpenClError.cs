using System.Runtime.CompilerServices;

namespace Wct.Kernels.Gpu.OpenCl;

/// <summary>Turns OpenCL's error numbers into exceptions.</summary>
internal static class OpenClError
{
    /// <summary>The platform has no such device. Not an error when looking for devices.</summary>
    internal const int DeviceNotFound = -1;

    /// <summary>There is no driver. Not an error when looking for devices.</summary>
    internal const int PlatformNotFound = -1001;

    private const int AllocationFailure = -4, OutOfResources = -5, OutOfHostMemory = -6, InvalidBufferSize = -61;

    /// <summary>Throws unless the result is 0.</summary>
    /// <exception cref="OutOfMemoryException">The device is out of memory, or a buffer is larger than it allows.</exception>
    /// <exception cref="GpuException">The driver reports any other error.</exception>
    internal static void Check(int result, [CallerArgumentExpression(nameof(result))] string call = "")
    {
        if (result == 0)
            return;
        string message = $"OpenCL: {CallName.Of(call)} failed: {Name(result)}.";
        throw result is AllocationFailure or OutOfHostMemory or InvalidBufferSize
            ? new OutOfMemoryException(message) : new GpuException(message);
    }

    private static string Name(int result) => result switch
    {
        DeviceNotFound => "CL_DEVICE_NOT_FOUND",
        -2 => "CL_DEVICE_NOT_AVAILABLE",
        -3 => "CL_COMPILER_NOT_AVAILABLE",
        AllocationFailure => "CL_MEM_OBJECT_ALLOCATION_FAILURE",
        OutOfResources => "CL_OUT_OF_RESOURCES",
        OutOfHostMemory => "CL_OUT_OF_HOST_MEMORY",
        -11 => "CL_BUILD_PROGRAM_FAILURE",
        -12 => "CL_MAP_FAILURE",
        -30 => "CL_INVALID_VALUE",
        -33 => "CL_INVALID_DEVICE",
        -34 => "CL_INVALID_CONTEXT",
        -36 => "CL_INVALID_COMMAND_QUEUE",
        -38 => "CL_INVALID_MEM_OBJECT",
        -44 => "CL_INVALID_PROGRAM",
        -45 => "CL_INVALID_PROGRAM_EXECUTABLE",
        -46 => "CL_INVALID_KERNEL_NAME",
        -48 => "CL_INVALID_KERNEL",
        -49 => "CL_INVALID_ARG_INDEX",
        -50 => "CL_INVALID_ARG_VALUE",
        -51 => "CL_INVALID_ARG_SIZE",
        -52 => "CL_INVALID_KERNEL_ARGS",
        -54 => "CL_INVALID_WORK_GROUP_SIZE",
        -55 => "CL_INVALID_WORK_ITEM_SIZE",
        -58 => "CL_INVALID_EVENT",
        InvalidBufferSize => "CL_INVALID_BUFFER_SIZE",
        -63 => "CL_INVALID_GLOBAL_WORK_SIZE",
        PlatformNotFound => "CL_PLATFORM_NOT_FOUND_KHR",
        _ => $"error {result}",
    };
}
