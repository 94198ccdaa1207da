using System.Buffers.Binary;

namespace Wct.Imaging.Psd;

/// <summary>Reads the color profile and the Exif block among a Photoshop file's resources.</summary>
internal static class PsdResources
{
    private const int Profile = 1039, Exif = 1058;

    /// <summary>Reads the section of resources.</summary>
    /// <param name="file">The file, at the section's length.</param>
    /// <param name="warnings">Receives notes about what is left out.</param>
    /// <exception cref="ImageFormatException">The file ends in the section.</exception>
    internal static ImageMetadata Read(FileBytes file, ImageWarnings warnings)
    {
        long end = Section(file, "the resources");
        byte[] profile = [], exif = [];
        Span<byte> head = stackalloc byte[7];
        Span<byte> size = stackalloc byte[4];
        while (file.Position + 12 <= end)
        {
            file.ReadExactly(head, "a resource");
            if (!head.StartsWith("8BIM"u8))
                break;
            int id = BinaryPrimitives.ReadUInt16BigEndian(head[4..]);
            // The name and its length take an even number of bytes.
            file.Skip(head[6] | 1, "a resource");
            file.ReadExactly(size, "a resource");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(size);
            if (file.Position + length > end)
                break;
            if (id == Profile && length <= ImageMetadata.MaxProfileBytes)
                file.ReadInto(ref profile, 0, (int)length, "the color profile");
            else if (id == Exif && length <= ExifBlock.MaxBytes)
                file.ReadInto(ref exif, 0, (int)length, "the Exif block");
            else
                file.Skip(length, "a resource");
            if ((length & 1) != 0 && file.Position < end)
                file.Skip(1, "a resource");
        }

        file.Skip(end - file.Position, "the layers");
        return ImageMetadata.Of(exif, profile, warnings);
    }

    /// <summary>Skips a section.</summary>
    internal static void Skip(FileBytes file, string what) => file.Skip(Section(file, what) - file.Position, what);

    /// <summary>Reads a section's length and returns its end.</summary>
    internal static long Section(FileBytes file, string what)
    {
        Span<byte> length = stackalloc byte[4];
        file.ReadExactly(length, what);
        return file.Position + BinaryPrimitives.ReadUInt32BigEndian(length);
    }
}
