// Resident memory and the environment's WCT_ISA belong to the process, and each test uses all processors.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Wct.Native.Tests;

/// <summary>The library as users make it.</summary>
internal static class Published
{
    /// <summary>The library's file; skips the calling test, with the reason, where it can't be made.</summary>
    internal static string Library => NativeBuild.Library;

    /// <summary>Skips the calling test, with the reason, where the library can't be made. Comes before the first use of
    /// <see cref="Libwct"/>, whose static constructor would make a failure of it.</summary>
    internal static void Need() => _ = Library;

    /// <summary>The library's header.</summary>
    internal static string Header => Path.Combine(Include, "wct.h");

    /// <summary>The header's folder.</summary>
    internal static string Include => Path.Combine(Shared.Root, "include");
}
