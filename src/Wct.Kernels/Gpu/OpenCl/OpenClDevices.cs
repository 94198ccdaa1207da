using System.Text;
using Wct.Kernels.Gpu.Launch;

namespace Wct.Kernels.Gpu.OpenCl;

/// <summary>Finds the OpenCL devices, numbered over all platforms.</summary>
internal static unsafe class OpenClDevices
{
    internal static List<GpuDevice> Find()
    {
        List<GpuDevice> devices = [];
        int result = OpenClDriver.GetPlatforms(0, null, out uint count);
        if (result == OpenClError.PlatformNotFound || (result == 0 && count == 0))
            return devices;
        OpenClError.Check(result);
        nint[] platforms = new nint[count];
        fixed (nint* pointer = platforms)
            OpenClError.Check(OpenClDriver.GetPlatforms(count, pointer, out _));
        foreach (nint platform in platforms)
        {
            try
            {
                foreach (nint device in DevicesOf(platform))
                    devices.Add(Describe(device, devices.Count));
            }
            catch (GpuException)
            {
                // A driver that fails here is too old or broken. The other drivers' devices are still used.
            }
        }

        return devices;
    }

    /// <summary>Reads a numeric property of a device.</summary>
    internal static ulong Number(nint device, uint name)
    {
        ulong value = 0;
        OpenClError.Check(OpenClDriver.GetDeviceInfo(device, name, sizeof(ulong), &value, out _));
        return value;
    }

    private static nint[] DevicesOf(nint platform)
    {
        int result = OpenClDriver.GetDevices(platform, OpenClDriver.AllDevices, 0, null, out uint count);
        if (result == OpenClError.DeviceNotFound || (result == 0 && count == 0))
            return [];
        OpenClError.Check(result);
        nint[] devices = new nint[count];
        fixed (nint* pointer = devices)
            OpenClError.Check(OpenClDriver.GetDevices(platform, OpenClDriver.AllDevices, count, pointer, out _));
        return devices;
    }

    private static GpuDevice Describe(nint device, int index) => new()
    {
        Interface = GpuInterface.OpenCl,
        Index = index,
        Name = Text(device, OpenClDriver.DeviceName),
        Driver = $"{Text(device, OpenClDriver.DeviceVersion)}, driver {Text(device, OpenClDriver.DriverVersion)}",
        Memory = (long)Math.Min(long.MaxValue, Number(device, OpenClDriver.DeviceGlobalMemory)),
        IsCpu = (Number(device, OpenClDriver.DeviceType) & OpenClDriver.CpuDevice) != 0,
        SharesMemory = Number(device, OpenClDriver.DeviceUnifiedMemory) != 0,
        MissingFeature = MissingFeature(device),
        Handle = device,
    };

    private static string? MissingFeature(nint device)
    {
        if (Number(device, OpenClDriver.DeviceAvailable) == 0)
            return "being available";
        if (Number(device, OpenClDriver.DeviceCompilerAvailable) == 0)
            return "a compiler";
        if (Number(device, OpenClDriver.DeviceDoubles) == 0)
            return "double precision";
        KernelModule[] kernels = [.. KernelModules.All.Where(kernel => !kernel.UsesTensorCores)];
        int threads = kernels.Max(kernel => kernel.ThreadBlockSize), localBytes = kernels.Max(kernel => kernel.SharedBytes);
        if (Number(device, OpenClDriver.DeviceMaxWorkgroup) < (ulong)threads)
            return $"workgroups of {threads} threads";
        return Number(device, OpenClDriver.DeviceLocalMemory) < (ulong)localBytes ? $"{localBytes} bytes of local memory" : null;
    }

    private static string Text(nint device, uint name)
    {
        OpenClError.Check(OpenClDriver.GetDeviceInfo(device, name, 0, null, out nuint needed));
        byte[] bytes = new byte[needed];
        fixed (byte* pointer = bytes)
            OpenClError.Check(OpenClDriver.GetDeviceInfo(device, name, needed, pointer, out _));
        return Encoding.UTF8.GetString(bytes).TrimEnd('\0').Trim();
    }
}
