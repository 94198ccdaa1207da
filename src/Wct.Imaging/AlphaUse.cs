namespace Wct.Imaging;

/// <summary>Tells whether the fourth byte of pixels of 32 bits is alpha. Some files have nothing but zeros there, and are opaque.</summary>
internal static class AlphaUse
{
    /// <summary>Whether the fourth byte of any pixel is above 0.</summary>
    /// <param name="file">The file, at its first row. Its position doesn't change.</param>
    /// <param name="length">Bytes of all rows, a multiple of 4.</param>
    /// <returns>false if the file can't seek.</returns>
    internal static bool IsAnyAboveZero(FileBytes file, long length)
    {
        if (!file.CanSeek)
            return false;
        long start = file.Position;
        byte[] buffer = new byte[1 << 14];
        bool used = false;
        while (length > 0 && !used)
        {
            int count = file.Read(buffer.AsSpan(0, (int)Math.Min(length, buffer.Length)));
            if (count == 0)
                break;
            for (int i = 3; i < count && !used; i += 4)
                used = buffer[i] > 0;
            length -= count;
        }

        file.SeekTo(start);
        return used;
    }
}
