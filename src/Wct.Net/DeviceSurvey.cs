using Wct.Kernels.Cpu;
using Wct.Kernels.Gpu;
using Wct.Net.Devices;

namespace Wct.Net;

/// <summary>The devices of this machine, and the one that <see cref="DeviceChoice.Auto"/> picks.</summary>
/// <param name="Devices">All devices, the CPU first.</param>
/// <param name="Picked">The device that <see cref="DeviceChoice.Auto"/> picks.</param>
/// <param name="Reason">One line that says why it was picked.</param>
public sealed record DeviceSurvey(IReadOnlyList<DeviceDescription> Devices, DeviceDescription Picked, string Reason)
{
    /// <summary>Asks the drivers for their devices, and tests those that could be picked. Driver errors don't make it fail.</summary>
    /// <exception cref="NotSupportedException">The environment variable WCT_ISA is set, but not to a vector width of this
    /// machine.</exception>
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

/// <summary>Describes a device for display.</summary>
/// <param name="Id">The text that <see cref="DeviceChoice.TryParse"/> accepts.</param>
/// <param name="Name">The vendor's product name.</param>
/// <param name="Memory">Memory in bytes.</param>
/// <param name="Driver">The driver and its version.</param>
/// <param name="Remark">A note, for example a missing feature; null if there is none.</param>
public sealed record DeviceDescription(string Id, string Name, long Memory, string Driver, string? Remark);
