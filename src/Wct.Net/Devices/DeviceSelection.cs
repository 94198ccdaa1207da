using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Gpu;

namespace Wct.Net.Devices;

/// <summary>Creates the backend that the options ask for.</summary>
internal static class DeviceSelection
{
    /// <summary>Creates the backend that the options ask for, or returns the one that they contain.</summary>
    /// <exception cref="ArgumentException">A backend is given together with a device, a number of threads or a precision.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is negative.</exception>
    /// <exception cref="DeviceUnavailableException">The requested device does not exist or does not work.</exception>
    internal static Backend Open(LoadOptions options)
    {
        if (options.Backend is { } given)
            return CheckedBackend(given, options);
        if (options.Device.Kind == DeviceKind.Cpu)
            return Cpu(options);
        if (options.Device.Kind == DeviceKind.Auto)
            return (Backend?)Best(options, GpuDevices.Find(onlyGpus: true)).Backend ?? Cpu(options);
        GpuDevice device = Named(options.Device, GpuDevices.Find());
        try
        {
            return Open(device, options);
        }
        catch (Exception error) when (IsDeviceFailure(error))
        {
            throw new DeviceUnavailableException($"'{options.Device}' can't be used: {error.Message}", error);
        }
    }

    /// <summary>The first GPU that works. If there is none, the backend is null and the reason says why. The caller disposes of the
    /// backend.</summary>
    internal static (GpuBackend? Backend, string Reason) Best(LoadOptions options, GpuDevices devices)
    {
        List<string> reasons = [.. Reasons(devices)];
        foreach (GpuDevice device in devices.All.Where(device => ReasonToSkip(device) is null))
        {
            try
            {
                return (Open(device, options), "a GPU that works");
            }
            catch (Exception error) when (IsDeviceFailure(error))
            {
                reasons.Add($"{device.Id}: {error.Message}");
            }
        }

        return (null, string.Join("; ", reasons));
    }

    private static Backend CheckedBackend(Backend backend, LoadOptions options)
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
            if (ReasonToSkip(device) is string reason)
                yield return $"{device.Id} {reason}";
        }
    }

    // Why a device is not picked automatically; null if it may be. Whether integrated GPUs are faster than their processor was not
    // measured.
    private static string? ReasonToSkip(GpuDevice device) =>
        device.IsCpu ? "computes on the processor, more slowly than we do"
        : device.Interface == GpuInterface.OpenCl && device.SharesMemory ? "shares the processor's memory; ask for it by name" : null;

    // Whether a device or its driver failed. Exceptions about wrong options go to the caller.
    private static bool IsDeviceFailure(Exception error) =>
        error is GpuException or NotSupportedException or OutOfMemoryException or EntryPointNotFoundException;
}
