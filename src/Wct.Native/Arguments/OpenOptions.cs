using System.Runtime.InteropServices;
using Wct.Net;

namespace Wct.Native.Arguments;

/// <summary>The header's wct_open_options.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct OpenOptions
{
    private const int MostThreads = 1024;

    private readonly uint _size;
    private readonly int _threads;
    private readonly byte* _device;
    private readonly ErrorBuffer _error;

    // Callers of the first version know no place for errors.
    private static uint FirstSize => (uint)(sizeof(OpenOptions) - sizeof(ErrorBuffer));

    /// <summary>Where the call's message goes; nowhere if the options don't say, or can't be read.</summary>
    internal static ErrorBuffer Error(OpenOptions* given) =>
        GrowingStruct.TryRead(given, FirstSize, out OpenOptions options) ? options._error.Cleared() : default;

    /// <exception cref="ArgumentException">A field that means nothing.</exception>
    internal static LoadOptions Read(OpenOptions* given)
    {
        if (given is null)
            return new LoadOptions();
        OpenOptions options = GrowingStruct.Read(given, FirstSize, "options");
        options._error.Check();
        if (options._threads is < 0 or > MostThreads)
            throw new ArgumentException($"'options->threads' is {options._threads}; it can be 0 to {MostThreads}.");
        string device = NativeText.ReadOptional(options._device) ?? "auto";
        if (!DeviceChoice.TryParse(device, out DeviceChoice choice))
            throw new ArgumentException($"'options->device' is '{device}'; it can be auto, cpu, cuda, cuda:1, opencl, opencl:1.");
        return new LoadOptions { Threads = options._threads, Device = choice };
    }
}
