using System.Runtime.InteropServices;
using System.Text;

namespace Wct.Linked;

/// <summary>Resolves paths as the system does. The framework takes ".." away before links are followed, which leads elsewhere behind a link.</summary>
internal static class RealPath
{
    // PATH_MAX is 4096 on Linux, 1024 on macOS.
    private const int MostBytes = 4097, MostLinks = 40;

    /// <summary>The path without links and dots; as it was where nothing is there, and on Windows.</summary>
    internal static string Of(string path)
    {
        if (OperatingSystem.IsWindows())
            return path;
        byte[] resolved = new byte[MostBytes];
        return Resolve(Encoding.UTF8.GetBytes(path + '\0'), resolved) == 0 ? path : Encoding.UTF8.GetString(resolved, 0, Array.IndexOf(resolved, (byte)0));
    }

    /// <summary>Where a file's content lies or would lie: what a link points to, whether that is there or not.</summary>
    /// <exception cref="IOException">Links that lead in circles; the message begins with the path.</exception>
    internal static string OfTarget(string path)
    {
        string target = Path.GetFullPath(path);
        for (int i = 0; i <= MostLinks; i++)
        {
            if (new FileInfo(target).LinkTarget is not { } link)
                return target;
            // A link that is no whole path counts from the folder that really holds it.
            string next = Path.IsPathRooted(link) ? link : Path.Combine(Of(Path.GetDirectoryName(target)!), link);
            target = Path.GetFullPath(Path.Combine(Of(Path.GetDirectoryName(next) ?? next), Path.GetFileName(next)));
        }

        throw new IOException($"{path}: links that lead in circles.");
    }

    [DllImport("libc", EntryPoint = "realpath")]
    private static extern nint Resolve(byte[] path, byte[] resolved);
}
