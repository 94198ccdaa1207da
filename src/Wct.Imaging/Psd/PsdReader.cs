using System.Buffers.Binary;

namespace Wct.Imaging.Psd;

/// <summary>Reads the merged picture of a Photoshop file as Gray8, Rgb24 or Rgba32.</summary>
internal sealed class PsdReader : ImageReader
{
    // Samples of a band of rows. A band's rows are read one channel after the other, because channels lie far apart in the file.
    private const int BandSamples = 1 << 18;

    private readonly FileBytes _file;
    private readonly PsdHeader _header;
    private readonly PsdChannels _channels;
    private readonly int _stride, _bandRows;
    private byte[] _raw = [];
    private ushort[][] _samples = [];
    private int _bandEnd;
    private RowCursor _cursor;

    internal PsdReader(FileBytes file, PsdHeader header, PsdChannels channels, ImageMetadata metadata, ImageWarnings warnings)
    {
        (_file, _header, _channels, Metadata, Warnings) = (file, header, channels, metadata, warnings);
        _bandRows = Math.Clamp(BandSamples / (header.Width * header.UsedChannels), 1, header.Height);
        _stride = header.Width * Layout.BytesPerPixel();
        _cursor = new RowCursor(_stride, header.Height);
    }

    public override int Width => _header.Width;

    public override int Height => _header.Height;

    public override PixelLayout Layout => _header.Layout;

    public override ImageMetadata Metadata { get; }

    public override IReadOnlyList<string> Warnings { get; }

    public override void ReadRows(Span<byte> destination)
    {
        int first = _cursor.Next, rows = _cursor.Take(destination.Length, nameof(destination)), size = Layout.BytesPerPixel();
        for (int y = first; y < first + rows; y++)
        {
            if (y == _bandEnd)
                ReadBand(y);
            Span<byte> row = destination.Slice((y - first) * _stride, _stride);
            int at = y % _bandRows * Width;
            for (int x = 0; x < Width; x++)
                Pixel(at + x, row.Slice(x * size, size));
        }
    }

    public override void Dispose() => _file.Dispose();

    private void ReadBand(int first)
    {
        if (_samples.Length == 0)
        {
            _raw = new byte[_header.RowBytes];
            _samples = [.. Enumerable.Range(0, _header.UsedChannels).Select(_ => new ushort[_bandRows * Width])];
        }

        _bandEnd = Math.Min(Height, first + _bandRows);
        for (int channel = 0; channel < _samples.Length; channel++)
        {
            for (int y = first; y < _bandEnd; y++)
                ReadSamples(channel, y, _samples[channel].AsSpan((y - first) * Width, Width));
        }
    }

    private void ReadSamples(int channel, int y, Span<ushort> samples)
    {
        _channels.ReadRow(channel, y, _raw);
        for (int x = 0; x < samples.Length; x++)
            samples[x] = _header.Bits == 8 ? (ushort)(_raw[x] * 257) : BinaryPrimitives.ReadUInt16BigEndian(_raw.AsSpan(2 * x));
    }

    private void Pixel(int at, Span<byte> pixel)
    {
        int alpha = _header.HasAlpha ? _samples[^1][at] : ushort.MaxValue;
        for (int i = 0; i < Math.Min(3, pixel.Length); i++)
            pixel[i] = Level(_header.IsGray ? _samples[0][at] : Unblended(_samples[i][at], alpha));
        if (pixel.Length == 4)
            pixel[3] = Level(alpha);
    }

    // The merged picture is blended with white, if it has colors.
    private static int Unblended(int sample, int alpha) => alpha is 0 or ushort.MaxValue ? sample
        : (int)Math.Clamp(Math.Round(((double)sample - (ushort.MaxValue - alpha)) * ushort.MaxValue / alpha), 0, ushort.MaxValue);

    private static byte Level(int sample) => (byte)((sample + 128) / 257);
}
