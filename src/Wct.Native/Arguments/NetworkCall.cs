using System.Runtime.InteropServices;
using Wct.Net;

namespace Wct.Native.Arguments;

/// <summary>wct_network_options in wct.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct NetworkCall
{
    // More styles than any network has. A larger count comes from uninitialized memory.
    private const int MostStyles = 10_000;

    private readonly uint _size, _reserved;
    private readonly double* _styleWeights;
    private readonly nuint _styleCount;
    private readonly ulong _seed;
    private readonly double _noiseScale;
    private readonly long _maxMemory;
    private readonly delegate* unmanaged[Cdecl]<void*, double, int, int, int> _progress;
    private readonly void* _context;
    private readonly ErrorBuffer _error;

    /// <summary>Clears and returns the error buffer in the options. If there is none, or if the options can't be read, the buffer ignores
    /// messages.</summary>
    internal static ErrorBuffer Error(NetworkCall* given) =>
        VersionedStruct.TryRead(given, default, out NetworkCall options) ? options._error.Cleared() : default;

    /// <exception cref="ArgumentException">A field has an invalid value.</exception>
    internal static (StyleNetworkOptions Options, ProgressCall Progress) Read(NetworkCall* given)
    {
        if (given is null)
            return (new StyleNetworkOptions(), new ProgressCall(null, null));
        NetworkCall options = VersionedStruct.Read(given, default, "options");
        options._error.Check();
        Numbers.CheckReserved(options._reserved, "reserved");
        if (options._styleCount > MostStyles)
            throw new ArgumentException($"'options->style_count' is {options._styleCount}; it can be 0 to {MostStyles}.");
        if (options._styleWeights is null != (options._styleCount == 0))
        {
            throw new ArgumentException($"'options->style_count' is {options._styleCount}, and 'options->style_weights' is "
                + $"{(options._styleWeights is null ? "" : "not ")}NULL.");
        }

        StyleNetworkOptions read = new()
        {
            StyleWeights = options._styleWeights is null
                ? null : new ReadOnlySpan<double>(options._styleWeights, (int)options._styleCount).ToArray(),
            Seed = options._seed,
            NoiseScale = options._noiseScale,
            MaxMemory = Numbers.Memory(options._maxMemory),
        };
        return (read, new ProgressCall(options._progress, options._context));
    }
}
