using System.Runtime.InteropServices;

namespace Wct.Kernels.Gpu.Cuda;

/// <summary>Finds the devices of NVIDIA's driver.</summary>
internal static unsafe class CudaDevices
{
    // The modules are compiled for compute capability 6.0 and 8.0; drivers of newer devices compile them further.
    private const int OldestMajor = 6, TensorCoresMajor = 8;

    // CUDA 11 is the first version that has all the functions that are called.
    private const int OldestDriver = 11000;

    /// <exception cref="GpuException">The driver reports an error.</exception>
    internal static List<GpuDevice> Find()
    {
        CudaError.Check(CudaDriver.Init(0));
        CudaError.Check(CudaDriver.DriverGetVersion(out int version));
        CudaError.Check(CudaDriver.DeviceGetCount(out int count));
        List<GpuDevice> devices = [];
        byte* name = stackalloc byte[256];
        for (int i = 0; i < count; i++)
        {
            CudaError.Check(CudaDriver.DeviceGet(out int device, i));
            CudaError.Check(CudaDriver.DeviceGetName(name, 256, device));
            CudaError.Check(CudaDriver.DeviceTotalMem(out nuint memory, device));
            CudaError.Check(CudaDriver.DeviceGetAttribute(out int major, CudaDriver.MajorVersion, device));
            CudaError.Check(CudaDriver.DeviceGetAttribute(out int minor, CudaDriver.MinorVersion, device));
            devices.Add(new GpuDevice
            {
                Interface = GpuInterface.Cuda,
                Index = i,
                Name = Marshal.PtrToStringUTF8((nint)name) ?? "",
                Driver = $"CUDA {version / 1000}.{version % 1000 / 10}, compute capability {major}.{minor}",
                Memory = checked((long)memory),
                IsCpu = false,
                TensorCores = major >= TensorCoresMajor,
                MissingFeature = version < OldestDriver ? "a driver for CUDA 11"
                    : major < OldestMajor ? $"compute capability {OldestMajor}.0" : null,
                Handle = device,
            });
        }

        return devices;
    }
}
