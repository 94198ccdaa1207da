namespace Wct.Native.Tests;

/// <summary>The library as users make it.</summary>
internal static class Published
{
    /// <summary>The library's file; skips the calling test, with the reason, where it can't be made.</summary>
    internal static string Library => NativeBuild.Library;

    /// <summary>The library's header.</summary>
    internal static string Header => Path.Combine(Include, "wct.h");

    /// <summary>The header's folder.</summary>
    internal static string Include => Path.Combine(Shared.Root, "include");
}
