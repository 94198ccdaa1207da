using System.Runtime.InteropServices;

namespace Wct.Kernels.Gpu.Cuda;

/// <summary>Functions of the CUDA driver. Each returns 0 or an error for <see cref="CudaError.Check"/>.</summary>
internal static unsafe partial class CudaDriver
{
    /// <summary>Device attributes: major and minor compute capability.</summary>
    internal const int MajorVersion = 75, MinorVersion = 76;

    /// <summary>Options for loading modules: the buffer for the compiler's errors, and its size.</summary>
    internal const int ErrorLog = 5, ErrorLogBytes = 6;

    /// <summary>Stream capture mode in which only the capturing thread may not call functions that would disturb the capture.</summary>
    internal const int CaptureThreadLocal = 1;

    static CudaDriver() => DriverLibraries.Register();

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuInit")]
    internal static partial int Init(uint flags);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuDriverGetVersion")]
    internal static partial int DriverGetVersion(out int version);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuGetErrorName")]
    internal static partial int GetErrorName(int error, out nint name);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuGetErrorString")]
    internal static partial int GetErrorString(int error, out nint text);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuDeviceGetCount")]
    internal static partial int DeviceGetCount(out int count);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuDeviceGet")]
    internal static partial int DeviceGet(out int device, int ordinal);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuDeviceGetName")]
    internal static partial int DeviceGetName(byte* name, int length, int device);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuDeviceTotalMem_v2")]
    internal static partial int DeviceTotalMem(out nuint bytes, int device);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuDeviceGetAttribute")]
    internal static partial int DeviceGetAttribute(out int value, int attribute, int device);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuDevicePrimaryCtxRetain")]
    internal static partial int PrimaryContextRetain(out nint context, int device);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuDevicePrimaryCtxRelease_v2")]
    internal static partial int PrimaryContextRelease(int device);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuCtxSetCurrent")]
    internal static partial int ContextSetCurrent(nint context);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuModuleLoadDataEx")]
    internal static partial int ModuleLoadData(out nint module, byte* image, uint count, int* options, void** values);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuModuleUnload")]
    internal static partial int ModuleUnload(nint module);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuModuleGetFunction", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ModuleGetFunction(out nint function, nint module, string name);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuLaunchKernel")]
    internal static partial int LaunchKernel(
        nint function, uint gridX, uint gridY, uint gridZ, uint blockX, uint blockY, uint blockZ, uint sharedBytes, nint stream,
        void** arguments, void** extra);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuMemAlloc_v2")]
    internal static partial int MemAlloc(out nint pointer, nuint bytes);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuMemFree_v2")]
    internal static partial int MemFree(nint pointer);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuMemHostAlloc")]
    internal static partial int MemHostAlloc(out nint pointer, nuint bytes, uint flags);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuMemFreeHost")]
    internal static partial int MemFreeHost(nint pointer);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuMemcpyHtoDAsync_v2")]
    internal static partial int CopyToDevice(nint destination, nint source, nuint bytes, nint stream);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuMemcpyDtoHAsync_v2")]
    internal static partial int CopyToHost(nint destination, nint source, nuint bytes, nint stream);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuStreamCreate")]
    internal static partial int StreamCreate(out nint stream, uint flags);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuStreamDestroy_v2")]
    internal static partial int StreamDestroy(nint stream);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuStreamSynchronize")]
    internal static partial int StreamSynchronize(nint stream);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuEventCreate")]
    internal static partial int EventCreate(out nint deviceEvent, uint flags);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuEventRecord")]
    internal static partial int EventRecord(nint deviceEvent, nint stream);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuEventSynchronize")]
    internal static partial int EventSynchronize(nint deviceEvent);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuEventDestroy_v2")]
    internal static partial int EventDestroy(nint deviceEvent);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuStreamBeginCapture_v2")]
    internal static partial int StreamBeginCapture(nint stream, int mode);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuStreamEndCapture")]
    internal static partial int StreamEndCapture(nint stream, out nint graph);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuGraphInstantiateWithFlags")]
    internal static partial int GraphInstantiate(out nint executable, nint graph, ulong flags);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuGraphDestroy")]
    internal static partial int GraphDestroy(nint graph);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuGraphLaunch")]
    internal static partial int GraphLaunch(nint executable, nint stream);

    [LibraryImport(DriverLibraries.Cuda, EntryPoint = "cuGraphExecDestroy")]
    internal static partial int GraphExecDestroy(nint executable);
}
