using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Gpu;

namespace Wct.Net.Devices;

/// <summary>From what was asked for to what computes.</summary>
internal static class DeviceSelection
{
    /// <summary>Starts what the options ask for.</summary>
    /// <exception cref="ArgumentException">A backend, and another choice of what computes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of threads.</exception>
    /// <exception cref="DeviceUnavailableException">A device asked for by name isn't there, or doesn't work.</exception>
    internal static Backend Open(LoadOptions options)
    {
        if (options.Backend is { } brought)
            return Brought(brought, options);
        if (options.Device.Kind == DeviceKind.Cpu)
            return Cpu(options);
        if (options.Device.Kind == DeviceKind.Auto)
            return (Backend?)Best(options, GpuDevices.Find(onlyGpus: true)).Backend ?? Cpu(options);
        GpuDevice device = Named(options.Device, GpuDevices.Find());
        try
        {
            return Open(device, options);
        }
        catch (Exception error) when (Concerns(error))
        {
            throw new DeviceUnavailableException($"'{options.Device}' can't be used: {error.Message}", error);
        }
    }

    /// <summary>The first GPU that works; no backend, and the reason, where there is none. The backend is the caller's.</summary>
    internal static (GpuBackend? Backend, string Reason) Best(LoadOptions options, GpuDevices devices)
    {
        List<string> reasons = [.. Reasons(devices)];
        foreach (GpuDevice device in devices.All.Where(device => Against(device) is null))
        {
            try
            {
                return (Open(device, options), "a GPU that works");
            }
            catch (Exception error) when (Concerns(error))
            {
                reasons.Add($"{device.Id}: {error.Message}");
            }
        }

        return (null, string.Join("; ", reasons));
    }

    private static Backend Brought(Backend backend, LoadOptions options)
    {
        string? other = options.Device != DeviceChoice.Auto ? $"'Device' is '{options.Device}'" : options.Threads != 0
            ? $"'Threads' is {options.Threads}"
            : options.Precision != ConvolutionPrecision.Single ? $"'Precision' is {options.Precision}" : null;
        if (other is not null)
            throw new ArgumentException(
                $"'Backend' is {backend.Name}, and {other}: a backend of your own has these from where it was made.", nameof(options));
        return backend;
    }

    private static CpuBackend Cpu(LoadOptions options) => CpuBackend.Create(new CpuBackendOptions { Threads = options.Threads });

    private static GpuBackend Open(GpuDevice device, LoadOptions options)
    {
        GpuBackend backend = GpuBackend.Create(device, options.Threads, options.Precision);
        try
        {
            backend.SelfTest();
            return backend;
        }
        catch
        {
            backend.Dispose();
            throw;
        }
    }

    private static GpuDevice Named(DeviceChoice choice, GpuDevices devices)
    {
        (IReadOnlyList<GpuDevice> own, string? none) = choice.Kind == DeviceKind.Cuda ? (devices.Cuda, devices.NoCuda)
            : (devices.OpenCl, devices.NoOpenCl);
        if (choice.Index < own.Count)
            return own[choice.Index];
        throw new DeviceUnavailableException(
            $"There is no device '{choice}': {none ?? $"this machine has {string.Join(", ", own)}"}.");
    }

    private static IEnumerable<string> Reasons(GpuDevices devices)
    {
        if (devices.NoCuda is not null)
            yield return devices.NoCuda;
        if (devices.NoOpenCl is not null)
            yield return devices.NoOpenCl;
        foreach (GpuDevice device in devices.All)
        {
            if (Against(device) is string reason)
                yield return $"{device.Id} {reason}";
        }
    }

    // What speaks against a device that nobody asked for. GPUs beside the processor on its chip have not been measured against it.
    private static string? Against(GpuDevice device) =>
        device.IsCpu ? "computes on the processor, more slowly than we do"
        : device.Interface == GpuInterface.OpenCl && device.SharesMemory ? "shares the processor's memory; ask for it by name" : null;

    // What a device or its driver can do wrong. Wrong options are the caller's affair.
    private static bool Concerns(Exception error) =>
        error is GpuException or NotSupportedException or OutOfMemoryException or EntryPointNotFoundException;
}
