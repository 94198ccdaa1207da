using System.Runtime.InteropServices;
using System.Text;

namespace Wct;

/// <summary>Resolves paths as the operating system does. .NET removes ".." before it follows links, which can give another
/// path.</summary>
internal static class RealPath
{
    // PATH_MAX is 4096 on Linux, 1024 on macOS.
    private const int MostBytes = 4097, MostLinks = 40;

    /// <summary>The path without links and dots; unchanged if nothing exists there, and on Windows.</summary>
    internal static string Of(string path)
    {
        if (OperatingSystem.IsWindows())
            return path;
        byte[] resolved = new byte[MostBytes];
        return Resolve(Encoding.UTF8.GetBytes(path + '\0'), resolved) == 0 ? path
            : Encoding.UTF8.GetString(resolved, 0, Array.IndexOf(resolved, (byte)0));
    }

    /// <summary>The path that a write to a file would change: for a link its target, whether it exists or not.</summary>
    /// <exception cref="IOException">The links form a cycle; the message begins with the path.</exception>
    internal static string OfTarget(string path)
    {
        string target = Path.GetFullPath(path);
        for (int i = 0; i <= MostLinks; i++)
        {
            if (new FileInfo(target).LinkTarget is not { } link)
                return target;
            // A relative link is relative to the real folder that holds it.
            string next = Path.IsPathRooted(link) ? link : Path.Combine(Of(Path.GetDirectoryName(target)!), link);
            target = Path.GetFullPath(Path.Combine(Of(Path.GetDirectoryName(next) ?? next), Path.GetFileName(next)));
        }

        throw new IOException($"{path}: links that lead in circles.");
    }

    [DllImport("libc", EntryPoint = "realpath")]
    private static extern nint Resolve(byte[] path, byte[] resolved);
}
