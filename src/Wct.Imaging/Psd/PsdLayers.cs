using System.Buffers.Binary;

namespace Wct.Imaging.Psd;

/// <summary>Reads from the section of layers whether the merged picture is transparent.</summary>
internal static class PsdLayers
{
    /// <summary>Reads the section. Afterwards the file is at its end.</summary>
    /// <param name="file">The file, at the section's length.</param>
    /// <returns>Whether the first channel after the colors is the transparency of the merged picture.</returns>
    /// <exception cref="ImageFormatException">The file ends in the section.</exception>
    /// <remarks>The number of layers is negative in such files. Files of 16 bits may have their layers in a block of its own, whose key is
    /// Mt16 or Mtrn if the picture is transparent.</remarks>
    internal static bool SayTransparent(FileBytes file)
    {
        const string What = "the layers";
        long end = PsdResources.Section(file, What);
        bool transparent = false;
        if (file.Position + 6 <= end)
        {
            long layers = PsdResources.Section(file, What);
            if (layers >= file.Position + 2 && layers <= end)
            {
                Span<byte> count = stackalloc byte[2];
                file.ReadExactly(count, What);
                transparent = BinaryPrimitives.ReadInt16BigEndian(count) < 0;
            }

            transparent |= layers <= end && HasBlock(file, layers, end);
        }

        file.Skip(end - file.Position, What);
        return transparent;
    }

    // After the layers come the mask of all layers and then blocks: "8BIM", a key, a length.
    private static bool HasBlock(FileBytes file, long layers, long end)
    {
        const string What = "the layers";
        file.Skip(layers - file.Position, What);
        if (file.Position + 4 > end)
            return false;
        long mask = PsdResources.Section(file, What);
        Span<byte> block = stackalloc byte[12];
        if (mask > end)
            return false;
        file.Skip(mask - file.Position, What);
        while (file.Position + block.Length <= end)
        {
            file.ReadExactly(block, What);
            if (!block.StartsWith("8BIM"u8) && !block.StartsWith("8B64"u8))
                return false;
            if (block[4..].StartsWith("Mt16"u8) || block[4..].StartsWith("Mtrn"u8))
                return true;
            // Lengths are rounded up to a multiple of 4.
            long length = (BinaryPrimitives.ReadUInt32BigEndian(block[8..]) + 3L) / 4 * 4;
            if (file.Position + length > end)
                return false;
            file.Skip(length, What);
        }

        return false;
    }
}
