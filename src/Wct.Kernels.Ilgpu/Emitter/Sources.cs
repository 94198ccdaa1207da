using System.Security.Cryptography;
using System.Text;

namespace Wct.Kernels.Ilgpu.Emitter;

/// <summary>Hashes of what modules are compiled from.</summary>
/// <param name="project">The project's folder.</param>
internal sealed class Sources(string project)
{
    /// <summary>Files that any kernel may use, relative to the project.</summary>
    internal string[] Shared { get; } =
    [
        "../Wct.Kernels/Reflection.cs",
        .. Files(project, "MatrixUnits/Tiles"),
        .. Files(project, "Tiles"),
    ];

    /// <summary>SHA-256 of a kernel's file and all shared ones: each one's path, a zero, its text with lines that end in one character, a zero.</summary>
    internal string Hash(string source)
    {
        StringBuilder text = new();
        foreach (string file in Shared.Prepend(source))
            text.Append(file).Append('\0').Append(File.ReadAllText(Path.Combine(project, file)).ReplaceLineEndings("\n")).Append('\0');
        return Of(text.ToString());
    }

    /// <summary>SHA-256 of a text.</summary>
    internal static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static IEnumerable<string> Files(string project, string folder) =>
        Directory.GetFiles(Path.Combine(project, folder), "*.cs").Select(file => $"{folder}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal);
}
