using System.Runtime.InteropServices;

namespace Wct.Kernels.Cpu;

/// <summary>Asks Linux for pages of 2 MB, where it gives them to those who ask: a fault for each page of 4 KB takes longer than to clear it.</summary>
/// <remarks>Measured on two Zen 3 cores: 50 000 faults of 80 000 go for a picture of 512x512, and a fifteenth of the process's time. Elsewhere it does nothing.</remarks>
internal static unsafe partial class HugePages
{
    /// <summary>Bytes of a page.</summary>
    internal const nuint Size = 2 << 20;

    /// <summary>Bytes from which on it pays: what the last page has too much stays small beside them.</summary>
    internal const nuint Worthwhile = 2 * Size;

    private const int AdviceHugePage = 14;

    /// <summary>Asks; a refusal changes nothing but the speed.</summary>
    /// <param name="start">A multiple of <see cref="Size"/>.</param>
    internal static void Advise(void* start, nuint bytes)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ = Advise(start, bytes / Size * Size, AdviceHugePage);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
