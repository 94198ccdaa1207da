using System.Runtime.InteropServices;
using System.Text;

namespace Wct;

/// <summary>Properties of a file that .NET doesn't report: its type, its owner and its identity. Linux only.</summary>
/// <param name="Mode">Type and permissions.</param>
/// <param name="User">The owner's number.</param>
/// <param name="Group">The group's number.</param>
/// <param name="Inode">The file's number on the device.</param>
/// <param name="Device">The device's number: major above minor.</param>
internal readonly record struct FileStatus(ushort Mode, uint User, uint Group, ulong Inode, ulong Device)
{
    private const int CurrentFolder = -100, FollowLinks = 0;

    // STATX_TYPE, STATX_MODE, STATX_UID, STATX_GID, STATX_INO.
    private const uint Wanted = 0x1 | 0x2 | 0x8 | 0x10 | 0x100;

    // struct statx of linux/stat.h, the same on every processor.
    private const int StructBytes = 256, UserOffset = 20, GroupOffset = 24, ModeOffset = 28, InodeOffset = 32, MajorOffset = 136,
        MinorOffset = 140;
    private const int TypeMask = 0xF000, RegularType = 0x8000, FolderType = 0x4000;

    /// <summary>Whether it is neither a regular file nor a folder: a device, a pipe, a socket.</summary>
    internal bool IsSpecial => (Mode & TypeMask) is not (RegularType or FolderType);

    /// <summary>Reads the status of the file that a path leads to; links are followed.</summary>
    /// <returns>Null if nothing exists at the path, on other systems, and if the C library is older than 2.28.</returns>
    internal static FileStatus? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        byte[] status = new byte[StructBytes];
        try
        {
            if (Statx(CurrentFolder, Encoding.UTF8.GetBytes(path + '\0'), FollowLinks, Wanted, status) != 0)
                return null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }

        uint Number(int offset) => BitConverter.ToUInt32(status, offset);
        return new FileStatus(
            BitConverter.ToUInt16(status, ModeOffset), Number(UserOffset), Number(GroupOffset), BitConverter.ToUInt64(status, InodeOffset),
            ((ulong)Number(MajorOffset) << 32) | Number(MinorOffset));
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Statx(int folder, byte[] path, int flags, uint mask, byte[] status);
}
