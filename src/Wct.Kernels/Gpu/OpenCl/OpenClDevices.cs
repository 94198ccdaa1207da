using System.Text;

namespace Wct.Kernels.Gpu.OpenCl;

/// <summary>What OpenCL's drivers name, numbered over all platforms.</summary>
internal static unsafe class OpenClDevices
{
    // The largest group and shared memory of any kernel.
    private const int GroupSize = 256;
    private const long SharedBytes = 16 << 10;

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
                // A driver that doesn't answer such questions is too old or broken, and must not hide the others.
            }
        }

        return devices;
    }

    /// <summary>A number that the device tells.</summary>
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
        if (Number(device, OpenClDriver.DeviceMaxGroup) < GroupSize)
            return $"groups of {GroupSize}";
        return Number(device, OpenClDriver.DeviceLocalMemory) < SharedBytes ? $"{SharedBytes >> 10} KB of local memory" : null;
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
