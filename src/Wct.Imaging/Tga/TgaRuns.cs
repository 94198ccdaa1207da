namespace Wct.Imaging.Tga;

/// <summary>Expands the runs of a TGA file. A run may go on in the next row.</summary>
/// <param name="file">The file, at its first run.</param>
/// <param name="pixelBytes">Bytes of a pixel, 1 to 4.</param>
internal sealed class TgaRuns(FileBytes file, int pixelBytes)
{
    private const int IsRepeated = 0x80;

    private readonly byte[] _pixel = new byte[pixelBytes];
    private int _left;
    private bool _repeats;

    /// <summary>Writes the next pixels.</summary>
    /// <param name="destination">A whole number of pixels.</param>
    /// <param name="what">The rows, for the message.</param>
    /// <exception cref="ImageFormatException">The file ends too soon.</exception>
    internal void Read(Span<byte> destination, string what)
    {
        while (destination.Length > 0)
        {
            if (_left == 0)
                Next(what);
            int count = Math.Min(_left, destination.Length / pixelBytes);
            Span<byte> pixels = destination[..(count * pixelBytes)];
            if (_repeats)
            {
                for (int at = 0; at < pixels.Length; at += pixelBytes)
                    _pixel.CopyTo(pixels[at..]);
            }
            else
            {
                for (int i = 0; i < pixels.Length; i++)
                    pixels[i] = file.Byte(what);
            }

            _left -= count;
            destination = destination[pixels.Length..];
        }
    }

    private void Next(string what)
    {
        int head = file.Byte(what);
        (_left, _repeats) = ((head & ~IsRepeated) + 1, head >= IsRepeated);
        for (int i = 0; _repeats && i < pixelBytes; i++)
            _pixel[i] = file.Byte(what);
    }
}
