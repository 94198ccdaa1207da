using System.Buffers.Binary;

namespace Wct.Imaging.Radiance;

/// <summary>Reads the scanlines of a Radiance file: without runs, with runs of pixels (until 1991), or with runs of each
/// component.</summary>
/// <param name="file">The file, at its first scanline.</param>
/// <param name="columns">Pixels of a scanline.</param>
/// <remarks>G. Ward, "Real Pixels", Graphics Gems II, 1991, and the format's reference implementation.</remarks>
internal sealed class HdrScanlines(FileBytes file, int columns)
{
    private const int PixelBytes = 4, RunHead = 128;

    private byte[] _plane = [];

    /// <summary>Reads the next scanline.</summary>
    /// <param name="scanline">Receives red, green, blue and exponent of each pixel.</param>
    /// <param name="what">The scanline, for messages.</param>
    /// <exception cref="ImageFormatException">The file ends, or the runs don't fill the scanline.</exception>
    internal void Read(Span<byte> scanline, string what)
    {
        Span<byte> first = scanline[..PixelBytes];
        file.ReadExactly(first, what);
        // These bytes can't be a color, because the largest component of a color is at least 128.
        if (HdrHeader.MayHaveRuns(columns) && first[0] == 2 && first[1] == 2 && BinaryPrimitives.ReadUInt16BigEndian(first[2..]) == columns)
            ReadPlanes(scanline, what);
        else
            ReadPixels(scanline, what);
    }

    private void ReadPlanes(Span<byte> scanline, string what)
    {
        if (_plane.Length == 0)
            _plane = new byte[columns];
        for (int component = 0; component < PixelBytes; component++)
        {
            ReadPlane(_plane, what);
            for (int x = 0; x < columns; x++)
                scanline[(x * PixelBytes) + component] = _plane[x];
        }
    }

    private void ReadPlane(Span<byte> plane, string what)
    {
        while (plane.Length > 0)
        {
            int head = file.Byte(what), count = head > RunHead ? head - RunHead : head;
            if (count == 0 || count > plane.Length)
                throw new ImageFormatException(file.Source, $"damaged: a run of {count} in {what}, where {plane.Length} pixels are left");
            if (head > RunHead)
                plane[..count].Fill(file.Byte(what));
            else
                file.ReadExactly(plane[..count], what);
            plane = plane[count..];
        }
    }

    // The pixel (1, 1, 1, n) repeats the one before n times. If several follow each other, each counts 256 times as much as the one before.
    private void ReadPixels(Span<byte> scanline, string what)
    {
        Span<byte> pixel = stackalloc byte[PixelBytes];
        scanline[..PixelBytes].CopyTo(pixel);
        int at = 0, shift = 0;
        while (true)
        {
            if (pixel is [1, 1, 1, var number])
            {
                long count = (long)number << shift, left = (scanline.Length - at) / PixelBytes;
                if (at == 0 || count > left)
                    throw new ImageFormatException(file.Source, $"damaged: a run of {count} in {what}, where {left} pixels are left");
                Span<byte> before = scanline.Slice(at - PixelBytes, PixelBytes);
                for (long i = 0; i < count; i++, at += PixelBytes)
                    before.CopyTo(scanline[at..]);
                // Further digits would be beyond every scanline.
                shift = Math.Min(shift + 8, 32);
            }
            else
            {
                pixel.CopyTo(scanline[at..]);
                at += PixelBytes;
                shift = 0;
            }

            if (at == scanline.Length)
                return;
            file.ReadExactly(pixel, what);
        }
    }
}
