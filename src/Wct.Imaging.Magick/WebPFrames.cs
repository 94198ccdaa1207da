using System.Buffers.Binary;

namespace Wct.Imaging.Magick;

/// <summary>Cuts WebP animations, because the decoder decodes all frames even if only the first one is wanted.</summary>
/// <remarks>The format is described in RFC 9649, section 2.</remarks>
internal static class WebPFrames
{
    private const int FileHeader = 12, ChunkHeader = 8;

    /// <summary>The file without the frames after the first one; the same array if it isn't an animation.</summary>
    internal static byte[] First(byte[] file)
    {
        List<Range> kept = [];
        int frames = 0;
        for (long at = FileHeader; at + ChunkHeader <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan((int)at + 4));
            // Chunks have even lengths.
            long end = Math.Min(file.Length, at + ChunkHeader + length + (length & 1));
            bool frame = file.AsSpan((int)at).StartsWith("ANMF"u8);
            if (!frame || ++frames == 1)
                kept.Add((int)at..(int)end);
            at = end;
        }

        if (frames < 2)
            return file;
        byte[] first = [.. file[..FileHeader], .. kept.SelectMany(range => file[range])];
        BinaryPrimitives.WriteInt32LittleEndian(first.AsSpan(4), first.Length - ChunkHeader);
        return first;
    }
}
