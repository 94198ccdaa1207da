using System.Buffers.Binary;
using ImageMagick;
using Wct.Imaging;

namespace Wct.Robustness.Mutation;

/// <summary>Color profiles, and files that have them.</summary>
internal static class Profiles
{
    /// <summary>Profiles for RGB and for gray.</summary>
    internal static IReadOnlyList<byte[]> All { get; } = [ColorProfiles.AdobeRGB1998.ToByteArray(), Gray()];

    /// <summary>A file with a profile.</summary>
    internal static byte[] File(string extension, byte[] profile) => ImageFile.Encode(
        extension, PictureSeeds.Picture(16, 9, IsGray(profile) ? PixelLayout.Gray8 : PixelLayout.Rgb24),
        new ImageWriteOptions { Metadata = new() { IccProfile = profile } });

    private static bool IsGray(byte[] profile) => profile.AsSpan(16).StartsWith("GRAY"u8);

    // A header, and one tag: a table of four numbers (ICC.1, 7.2 and 10.6).
    private static byte[] Gray()
    {
        byte[] profile = [.. new byte[128], 0, 0, 0, 1, .. "kTRC"u8, 0, 0, 0, 144, 0, 0, 0, 20, .. "curv\0\0\0\0"u8, 0, 0, 0, 4,
            0, 0, 0x20, 0, 0x80, 0, 0xFF, 0xFF];
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        "mntrGRAYXYZ "u8.CopyTo(profile.AsSpan(12));
        "acsp"u8.CopyTo(profile.AsSpan(36));
        return profile;
    }
}
