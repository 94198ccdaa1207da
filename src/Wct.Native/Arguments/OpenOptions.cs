using System.Runtime.InteropServices;
using Wct.Kernels;
using Wct.Net;

namespace Wct.Native.Arguments;

/// <summary>wct_open_options in wct.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct OpenOptions
{
    private const int MaxThreads = 1024;

    private readonly uint _size;
    private readonly int _threads;
    private readonly byte* _device;
    private readonly ErrorBuffer _error;
    private readonly int _precision;
    private readonly uint _reserved;
    private readonly delegate* unmanaged[Cdecl]<void*, byte*, void> _warning;
    private readonly void* _warningContext;

    // The first version ended before 'error', the second one before 'precision'.
    private static ReadOnlySpan<uint> Earlier => new uint[] { SecondSize - (uint)sizeof(ErrorBuffer), SecondSize };

    private static uint SecondSize => (uint)(sizeof(OpenOptions) - 2 * sizeof(void*) - sizeof(int) - sizeof(uint));

    /// <summary>Clears and returns the error buffer in the options. If there is none, or if the options can't be read, the buffer ignores
    /// messages.</summary>
    internal static ErrorBuffer Error(OpenOptions* given) =>
        VersionedStruct.TryRead(given, Earlier, out OpenOptions options) ? options._error.Cleared() : default;

    /// <exception cref="ArgumentException">A field has an invalid value.</exception>
    internal static LoadOptions Read(OpenOptions* given)
    {
        if (given is null)
            return new LoadOptions();
        OpenOptions options = VersionedStruct.Read(given, Earlier, "options");
        options._error.Check();
        if (options._threads is < 0 or > MaxThreads)
            throw new ArgumentException($"'options->threads' is {options._threads}; it can be 0 to {MaxThreads}.");
        string device = NativeText.ReadOptional(options._device) ?? "auto";
        if (!DeviceChoice.TryParse(device, out DeviceChoice choice))
            throw new ArgumentException($"'options->device' is '{device}'; it can be auto, cpu, cuda, cuda:1, opencl, opencl:1.");
        if (!Enum.IsDefined((ConvolutionPrecision)options._precision))
        {
            throw new ArgumentException(
                $"'options->precision' is {options._precision}; it can be {(int)ConvolutionPrecision.Single} to "
                    + $"{(int)ConvolutionPrecision.Tf32}.");
        }

        if (options._reserved != 0)
            throw new ArgumentException($"'options->reserved' is {options._reserved}; it must be 0.");
        return new LoadOptions
        {
            Threads = options._threads,
            Device = choice,
            Precision = (ConvolutionPrecision)options._precision,
            OnWarning = options._warning is null ? null : new WarningCall(options._warning, options._warningContext).Invoke,
        };
    }
}
