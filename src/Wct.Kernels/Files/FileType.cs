namespace Wct;

/// <summary>Distinguishes files from devices, pipes and sockets, which .NET can't.</summary>
internal static class FileType
{
    /// <summary>Whether the path certainly leads to something that is neither a regular file nor a folder.</summary>
    /// <remarks>False on systems other than Linux. On Windows, devices aren't in folders. On macOS, no files can be written to the folder
    /// of the devices.</remarks>
    internal static bool IsSpecial(string path) => FileStatus.Of(path) is { IsSpecial: true };
}
