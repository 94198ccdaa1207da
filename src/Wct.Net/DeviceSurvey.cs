using Wct.Kernels.Cpu;
using Wct.Kernels.Gpu;
using Wct.Net.Devices;

namespace Wct.Net;

/// <summary>What could compute on this machine, and what <see cref="DeviceChoice.Auto"/> picks.</summary>
/// <param name="Devices">All of them, the CPU first.</param>
/// <param name="Picked">One of them.</param>
/// <param name="Reason">Why, in a line.</param>
public sealed record DeviceSurvey(IReadOnlyList<DeviceDescription> Devices, DeviceDescription Picked, string Reason)
{
    /// <summary>Asks the drivers, and tries the devices that would be picked. Never fails for a driver's sake.</summary>
    public static DeviceSurvey Take()
    {
        GpuDevices found = GpuDevices.Find();
        using CpuBackend cpu = CpuBackend.Create();
        List<DeviceDescription> devices =
        [
            new DeviceDescription("cpu", cpu.Name, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, "none needed", null),
            .. found.All.Select(device => new DeviceDescription(
                device.Id, device.Name, device.Memory, device.Driver,
                device.MissingFeature is not null ? $"lacks {device.MissingFeature}" : device.IsCpu ? "computes on the processor" : null)),
        ];
        (GpuBackend? backend, string reason) = DeviceSelection.Best(new LoadOptions { Threads = 1 }, found);
        using (backend)
            return new DeviceSurvey(
                devices, backend is null ? devices[0] : devices.First(device => device.Id == backend.Device.Id), reason);
    }
}

/// <summary>A device, for people.</summary>
/// <param name="Id">What <see cref="DeviceChoice.TryParse"/> reads.</param>
/// <param name="Name">The vendor's name for it.</param>
/// <param name="Memory">Bytes of its memory.</param>
/// <param name="Driver">The driver and its version.</param>
/// <param name="Remark">What should be known about it; null for nothing.</param>
public sealed record DeviceDescription(string Id, string Name, long Memory, string Driver, string? Remark);
