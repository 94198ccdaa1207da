using System.Runtime.InteropServices;
using System.Text;

namespace Wct.Linked;

/// <summary>Tells files from devices, pipes and sockets, which the framework can't.</summary>
internal static class FileType
{
    private const int CurrentFolder = -100, FollowLinks = 0, TypeOnly = 1;

    // struct statx of linux/stat.h, the same on every processor.
    private const int StructBytes = 256, ModeOffset = 28;
    private const int TypeMask = 0xF000, Regular = 0x8000;

    /// <summary>Whether something is at the path that is certainly no regular file.</summary>
    /// <remarks>Only Linux is asked: Windows keeps devices out of folders, and the folder of macOS's devices takes no files.</remarks>
    internal static bool IsSpecial(string path)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        byte[] status = new byte[StructBytes];
        try
        {
            return Statx(CurrentFolder, Encoding.UTF8.GetBytes(path + '\0'), FollowLinks, TypeOnly, status) == 0
                && (BitConverter.ToUInt16(status, ModeOffset) & TypeMask) != Regular;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than 2.28 can't say; nor could this class then.
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] status);
}
