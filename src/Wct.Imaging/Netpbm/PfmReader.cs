using System.Buffers.Binary;
using System.Globalization;

namespace Wct.Imaging.Netpbm;

/// <summary>Reads portable float maps (pfm(5)): gray or RGB, with samples from 0 to the scale. The file has the bottom row first.</summary>
/// <remarks>Samples outside the range are clamped, and NaN becomes black. If the stream can't seek, the rows come as they are stored, and
/// the orientation says that they are upside down.</remarks>
internal sealed class PfmReader : ImageReader
{
    private const int MaxWordLength = 64;

    private readonly NetpbmText _text;
    private readonly int _channels, _stride;
    private readonly bool _little;
    private readonly float _scale;
    private readonly byte[] _raw;
    private RowCursor _cursor;

    internal PfmReader(NetpbmText text, ImageReadOptions options)
    {
        _text = text;
        string kind = text.ReadWord("the kind", MaxWordLength);
        if (kind is not ("PF" or "Pf"))
            throw new ImageFormatException(text.Source, "not a PFM file");
        (Width, Height) = (text.ReadNumber("the width"), text.ReadNumber("the height"));
        if (Width == 0 || Height == 0)
            throw new ImageFormatException(text.Source, $"size {Width}x{Height}, sides start at 1");
        string scale = text.ReadWord("the scale", MaxWordLength);
        if (!float.TryParse(scale, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) || value == 0
            || !float.IsFinite(value))
            throw new ImageFormatException(text.Source, $"the scale is '{scale}', it must be a number above or below 0");
        (_channels, _little, _scale) = (kind == "PF" ? 3 : 1, value < 0, Math.Abs(value));
        ImageSize.Check(text.Source, Width, Height, bytesPerPixel: _channels * sizeof(float), options);
        _stride = Width * _channels;
        _raw = new byte[_stride * sizeof(float)];
        _cursor = new RowCursor(_stride, Height);
    }

    public override int Width { get; }

    public override int Height { get; }

    public override PixelLayout Layout => _channels == 3 ? PixelLayout.Rgb24 : PixelLayout.Gray8;

    // Upside down.
    public override int Orientation => _text.CanSeek ? 1 : 4;

    public override void ReadRows(Span<byte> destination)
    {
        int first = _cursor.Next, rows = _cursor.Take(destination.Length, nameof(destination));
        for (int y = first; y < first + rows; y++)
        {
            Span<byte> row = destination.Slice((y - first) * _stride, _stride);
            if (_text.CanSeek)
                _text.SeekTo((Height - 1 - y) * (long)_raw.Length);
            ReadRow(row, y);
        }
    }

    public override void Dispose() => _text.Dispose();

    private void ReadRow(Span<byte> row, int y)
    {
        _text.ReadRow(_raw, y, Height);
        for (int i = 0; i < row.Length; i++)
        {
            ReadOnlySpan<byte> bytes = _raw.AsSpan(i * sizeof(float), sizeof(float));
            float sample = _little ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : BinaryPrimitives.ReadSingleBigEndian(bytes);
            // As in Netpbm, the scale is the sample value of full brightness.
            sample /= _scale;
            row[i] = float.IsNaN(sample) ? (byte)0 : (byte)((Math.Clamp(sample, 0, 1) * 255) + 0.5f);
        }
    }
}
