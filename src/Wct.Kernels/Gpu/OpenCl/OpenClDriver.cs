using System.Runtime.InteropServices;

namespace Wct.Kernels.Gpu.OpenCl;

/// <summary>Functions and constants of OpenCL 1.2.</summary>
internal static unsafe partial class OpenClDriver
{
    /// <summary>Kinds of devices: all, and CPUs.</summary>
    internal const ulong AllDevices = 0xFFFFFFFF, CpuDevice = 2;

    /// <summary>Properties of a device.</summary>
    internal const uint DeviceType = 0x1000, DeviceMaxAllocation = 0x1010, DeviceGlobalMemory = 0x101F, DeviceLocalMemory = 0x1023,
        DeviceAvailable = 0x1027, DeviceCompilerAvailable = 0x1028, DeviceName = 0x102B, DriverVersion = 0x102D, DeviceVersion = 0x102F,
        DeviceMaxWorkgroup = 0x1004,
        DeviceDoubles = 0x1032, DeviceUnifiedMemory = 0x1035;

    internal const uint BuildLog = 0x1183;

    internal const ulong ReadWrite = 1, AllocateHost = 16, MapReadWrite = 3;

    static OpenClDriver() => DriverLibraries.Register();

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clGetPlatformIDs")]
    internal static partial int GetPlatforms(uint entries, nint* platforms, out uint count);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clGetDeviceIDs")]
    internal static partial int GetDevices(nint platform, ulong type, uint entries, nint* devices, out uint count);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clGetDeviceInfo")]
    internal static partial int GetDeviceInfo(nint device, uint name, nuint bytes, void* value, out nuint needed);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clCreateContext")]
    internal static partial nint CreateContext(nint* properties, uint count, nint* devices, nint notify, nint data, out int error);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clReleaseContext")]
    internal static partial int ReleaseContext(nint context);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clCreateCommandQueue")]
    internal static partial nint CreateQueue(nint context, nint device, ulong properties, out int error);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clReleaseCommandQueue")]
    internal static partial int ReleaseQueue(nint queue);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clCreateBuffer")]
    internal static partial nint CreateBuffer(nint context, ulong flags, nuint bytes, nint host, out int error);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clReleaseMemObject")]
    internal static partial int ReleaseBuffer(nint buffer);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clCreateProgramWithSource")]
    internal static partial nint CreateProgram(nint context, uint count, byte** texts, nuint* lengths, out int error);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clBuildProgram", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int BuildProgram(nint program, uint count, nint* devices, string options, nint notify, nint data);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clGetProgramBuildInfo")]
    internal static partial int GetBuildInfo(nint program, nint device, uint name, nuint bytes, void* value, out nuint needed);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clReleaseProgram")]
    internal static partial int ReleaseProgram(nint program);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clCreateKernel", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint CreateKernel(nint program, string name, out int error);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clReleaseKernel")]
    internal static partial int ReleaseKernel(nint kernel);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clSetKernelArg")]
    internal static partial int SetArgument(nint kernel, uint index, nuint bytes, void* value);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clEnqueueNDRangeKernel")]
    internal static partial int EnqueueKernel(
        nint queue, nint kernel, uint dimensions, nuint* offset, nuint* threads, nuint* workgroup, uint waits, nint* waitList,
        nint* deviceEvent);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clEnqueueWriteBuffer")]
    internal static partial int EnqueueWrite(
        nint queue, nint buffer, uint blocking, nuint offset, nuint bytes, nint source, uint waits, nint* waitList, out nint deviceEvent);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clEnqueueReadBuffer")]
    internal static partial int EnqueueRead(
        nint queue, nint buffer, uint blocking, nuint offset, nuint bytes, nint destination, uint waits, nint* waitList,
        out nint deviceEvent);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clEnqueueMapBuffer")]
    internal static partial nint EnqueueMap(
        nint queue, nint buffer, uint blocking, ulong flags, nuint offset, nuint bytes, uint waits, nint* waitList, nint* deviceEvent,
        out int error);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clEnqueueUnmapMemObject")]
    internal static partial int EnqueueUnmap(nint queue, nint buffer, nint pointer, uint waits, nint* waitList, nint* deviceEvent);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clWaitForEvents")]
    internal static partial int WaitForEvents(uint count, nint* deviceEvents);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clReleaseEvent")]
    internal static partial int ReleaseEvent(nint deviceEvent);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clFlush")]
    internal static partial int Flush(nint queue);

    [LibraryImport(DriverLibraries.OpenCl, EntryPoint = "clFinish")]
    internal static partial int Finish(nint queue);
}
