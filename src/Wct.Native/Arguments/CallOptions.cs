using System.Runtime.InteropServices;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Native.Arguments;

/// <summary>wct_options in wct.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct CallOptions
{
    private readonly uint _size;
    private readonly uint _reserved;
    private readonly double _strength;
    private readonly byte* _levels;
    private readonly long _maxMemory;
    private readonly delegate* unmanaged[Cdecl]<void*, double, int, int, int> _progress;
    private readonly void* _context;
    private readonly ErrorBuffer _error;

    // The first version had no error buffer.
    private static ReadOnlySpan<uint> Earlier => new uint[] { (uint)(sizeof(CallOptions) - sizeof(ErrorBuffer)) };

    /// <summary>Clears and returns the error buffer in the options. If there is none, or if the options can't be read, the buffer ignores
    /// messages.</summary>
    internal static ErrorBuffer Error(CallOptions* given) =>
        VersionedStruct.TryRead(given, Earlier, out CallOptions options) ? options._error.Cleared() : default;

    /// <summary>Checks the options of calls that only need the error buffer.</summary>
    /// <exception cref="ArgumentException">A field has an invalid value.</exception>
    internal static void Check(CallOptions* given) => Read(given).Progress.Dispose();

    /// <exception cref="ArgumentException">A field has an invalid value.</exception>
    internal static (StylizeOptions Options, ProgressCall Progress) Read(CallOptions* given)
    {
        if (given is null)
            return (new StylizeOptions(), new ProgressCall(null, null));
        CallOptions options = VersionedStruct.Read(given, Earlier, "options");
        options._error.Check();
        if (options._reserved != 0)
            throw new ArgumentException($"'options->reserved' is {options._reserved}; it must be 0.");
        if (options._maxMemory < 0)
            throw new ArgumentException($"'options->max_memory' is {options._maxMemory}; it must be at least 0.");
        return (
            new StylizeOptions
            {
                Strength = options._strength,
                Levels = Levels(NativeText.ReadOptional(options._levels)),
                MaxMemory = options._maxMemory == 0 ? null : options._maxMemory,
            },
            new ProgressCall(options._progress, options._context));
    }

    private static int[]? Levels(string? digits) => digits is null ? null : Array.ConvertAll(digits.ToCharArray(), digit =>
        digit is >= '1' and <= (char)('0' + Vgg19.DeepestLevel)
            ? digit - '0' : throw new ArgumentException($"'options->levels' is '{digits}'; its digits can be 1 to {Vgg19.DeepestLevel}."));
}
