namespace Wct;

/// <summary>Tells files from devices, pipes and sockets; the framework can't.</summary>
internal static class FileType
{
    /// <summary>Whether something is at the path that is certainly neither a regular file nor a folder.</summary>
    /// <remarks>Only Linux is asked: Windows keeps devices out of folders, and the folder of macOS's devices takes no files.</remarks>
    internal static bool IsSpecial(string path) => FileStatus.Of(path) is { IsSpecial: true };
}
