namespace Wct.Imaging.Magick.Tests;

/// <summary>The programs of libheif as an oracle. Tests that use them are skipped if they aren't installed.</summary>
internal static class HeifProgram
{
    private const string Package = "libheif-examples";

    /// <summary>Writes a HEIC or AVIF file.</summary>
    /// <param name="png">The picture.</param>
    /// <param name="file">The file; its extension decides.</param>
    /// <param name="chroma">Color resolution: "420" for half of it, "444" for all.</param>
    internal static void Encode(string png, string file, string chroma) =>
        Tool.Run("heif-enc", Package, "-q", "90", "-p", $"chroma={chroma}", png, "-o", file);

    /// <summary>Decodes a file.</summary>
    internal static void Decode(string file, string png) => Tool.Run("heif-convert", Package, file, png);
}
