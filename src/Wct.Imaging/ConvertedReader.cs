namespace Wct.Imaging;

/// <summary>Converts the colors of another reader's rows to sRGB. The profile is no longer part of the metadata.</summary>
/// <remarks>A conversion costs up to a millisecond to set up, so rows are read ahead and converted in bands.</remarks>
internal sealed class ConvertedReader : ImageReader
{
    private const int BandPixels = 1 << 20;

    private readonly ImageReader _stored;
    private readonly IColorTransform _transform;
    private readonly int _stride;
    private RowCursor _cursor;
    private byte[] _band = [];
    // Rows in the band, and how many of them weren't returned yet.
    private int _filled, _ready;

    internal ConvertedReader(ImageReader stored, IColorTransform transform)
    {
        (_stored, _transform) = (stored, transform);
        _stride = stored.Width * stored.Layout.BytesPerPixel();
        _cursor = new RowCursor(_stride, stored.Height);
    }

    public override int Width => _stored.Width;

    public override int Height => _stored.Height;

    public override PixelLayout Layout => _stored.Layout;

    public override int Orientation => _stored.Orientation;

    public override IReadOnlyList<string> Warnings => _stored.Warnings;

    public override ImageMetadata Metadata => _stored.Metadata with { IccProfile = default };

    public override IReadOnlyList<ImageText> Text => _stored.Text;

    public override long MaxMemory
    {
        get => _stored.MaxMemory;
        set => _stored.MaxMemory = value;
    }

    public override void ReadRows(Span<byte> destination)
    {
        int rows = _cursor.Take(destination.Length, nameof(destination)), bandRows = Math.Max(1, BandPixels / Width);
        while (rows > 0)
        {
            if (_ready == 0 && rows >= bandRows)
            {
                Convert(destination);
                return;
            }

            if (_ready == 0)
                Fill(Math.Min(bandRows, rows + _cursor.Left));
            int count = Math.Min(rows, _ready);
            _band.AsSpan((_filled - _ready) * _stride, count * _stride).CopyTo(destination);
            destination = destination[(count * _stride)..];
            (rows, _ready) = (rows - count, _ready - count);
        }
    }

    public override void Dispose()
    {
        _transform.Dispose();
        _stored.Dispose();
    }

    private void Fill(int rows)
    {
        if (_band.Length < rows * _stride)
            _band = new byte[rows * _stride];
        Convert(_band.AsSpan(0, rows * _stride));
        _filled = _ready = rows;
    }

    private void Convert(Span<byte> rows)
    {
        _stored.ReadRows(rows);
        _transform.Apply(rows);
    }
}
