using Wct.Imaging.Colors;

namespace Wct.Imaging.Radiance;

/// <summary>Reads the scanlines of a Radiance picture as Rgb24.</summary>
internal sealed class HdrReader : ImageReader
{
    // The level of each linear value of 16 bits, as ImageMagick computes it.
    private static readonly byte[] Levels = CreateLevels();

    // A component of 1 is 2 to the power of the exponent's byte minus this: 128, and 8 for the bits of the component.
    private const int ExponentOfUnit = 136;

    private readonly FileBytes _file;
    private readonly HdrHeader _header;
    private readonly HdrScanlines _scanlines;
    private readonly int _stride;
    private byte[] _scanline = [];
    private RowCursor _cursor;

    internal HdrReader(FileBytes file, HdrHeader header)
    {
        (_file, _header, _stride) = (file, header, 3 * header.Columns);
        _scanlines = new HdrScanlines(file, header.Columns);
        _cursor = new RowCursor(_stride, header.Scanlines);
    }

    public override int Width => _header.Columns;

    public override int Height => _header.Scanlines;

    public override PixelLayout Layout => PixelLayout.Rgb24;

    public override int Orientation => _header.Orientation;

    public override void ReadRows(Span<byte> destination)
    {
        int first = _cursor.Next, rows = _cursor.Take(destination.Length, nameof(destination));
        if (_scanline.Length == 0)
            _scanline = new byte[checked(4 * Width)];
        for (int i = 0; i < rows; i++)
            ReadRow(destination.Slice(i * _stride, _stride), first + i);
    }

    public override void Dispose() => _file.Dispose();

    private void ReadRow(Span<byte> row, int y)
    {
        _scanlines.Read(_scanline, $"row {y} of {Height}");
        for (int x = 0; x < Width; x++)
        {
            ReadOnlySpan<byte> pixel = _scanline.AsSpan(4 * x, 4);
            float unit = pixel[3] == 0 ? 0 : MathF.ScaleB(1, pixel[3] - ExponentOfUnit);
            for (int i = 0; i < 3; i++)
                row[(3 * x) + i] = Levels[(int)((Math.Min(pixel[i] * unit, 1) * ushort.MaxValue) + 0.5f)];
        }
    }

    private static byte[] CreateLevels()
    {
        byte[] levels = new byte[ushort.MaxValue + 1];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = (byte)((TransferCurve.Srgb.Encode((double)i / ushort.MaxValue) * 255) + 0.5);

        return levels;
    }
}
