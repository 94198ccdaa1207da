// Tests run one at a time: resident memory and the variable WCT_ISA belong to the whole process, and each test uses all processors.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Wct.Native.Tests;

/// <summary>The published library, built as users build it.</summary>
internal static class Published
{
    /// <summary>The library's file. Skips the calling test, with the reason, if the library can't be built.</summary>
    internal static string Library => NativeBuild.Library;

    /// <summary>Skips the calling test, with the reason, if the library can't be built. Must be called before the first use of
    /// <see cref="Libwct"/>, whose static constructor would turn the skip into a failure.</summary>
    internal static void Need() => _ = Library;

    /// <summary>The library's header.</summary>
    internal static string Header => Path.Combine(Include, "wct.h");

    /// <summary>The header's folder.</summary>
    internal static string Include => Path.Combine(Shared.Root, "include");
}
