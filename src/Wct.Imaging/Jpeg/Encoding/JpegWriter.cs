namespace Wct.Imaging.Jpeg.Encoding;

/// <summary>Writes a baseline JFIF file, one row of MCUs after the other.</summary>
internal sealed class JpegWriter : ImageWriter
{
    private const int FullChromaQuality = 90;

    private readonly Stream _stream;
    private readonly EntropyWriter _entropy;
    private readonly PixelLayout _layout;
    private readonly int _width;
    private readonly int _height;
    private readonly int _mcuSide;
    private readonly int _mcuColumns;
    private readonly EncodedComponent[] _components;
    private RowCursor _cursor;
    private bool _isComplete;

    /// <inheritdoc cref="JpegFormat.CreateWriter"/>
    internal JpegWriter(Stream stream, int width, int height, PixelLayout layout, JpegWriteOptions options)
    {
        CheckRange(width, ushort.MaxValue, nameof(width));
        CheckRange(height, ushort.MaxValue, nameof(height));
        int quality = options.Quality;
        CheckRange(quality, 100, nameof(quality));
        (_stream, _entropy, _layout, _width, _height) = (stream, new EntropyWriter(stream), layout, width, height);
        _cursor = new RowCursor(width * layout.BytesPerPixel(), height);
        bool color = layout != PixelLayout.Gray8, halved = color && quality < FullChromaQuality;
        _mcuSide = halved ? 16 : 8;
        _mcuColumns = (width + _mcuSide - 1) / _mcuSide;
        int padded = _mcuColumns * _mcuSide;
        byte[] luminance = QuantizationTable.Luminance(quality), chrominance = QuantizationTable.Chrominance(quality);
        EncodedComponent luma = new(padded, _mcuSide, false, luminance, HuffmanCodeBook.LuminanceDc, HuffmanCodeBook.LuminanceAc);
        _components = color ? [luma, Chroma(), Chroma()] : [luma];
        HeaderWriter.Write(stream, width, height, color ? [luminance, chrominance] : [luminance], _mcuSide / 8, options.Metadata);

        EncodedComponent Chroma() =>
            new(padded, _mcuSide, halved, chrominance, HuffmanCodeBook.ChrominanceDc, HuffmanCodeBook.ChrominanceAc);
    }

    /// <inheritdoc/>
    public override void WriteRows(ReadOnlySpan<byte> source)
    {
        int stride = _width * _layout.BytesPerPixel();
        int row = _cursor.Next;
        _cursor.Take(source.Length, nameof(source));
        for (; !source.IsEmpty; source = source[stride..])
        {
            ConvertRow(source[..stride], row % _mcuSide);
            row++;
            if (row % _mcuSide == 0 || row == _height)
                WriteMcuRow(((row - 1) % _mcuSide) + 1);
        }
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        _cursor.MustBeComplete();
        if (_isComplete)
            return;
        _isComplete = true;
        _entropy.Complete();
        _stream.Write([0xFF, Marker.EndOfImage]);
        _stream.Flush();
    }

    /// <inheritdoc/>
    public override void Dispose() => _stream.Dispose();

    private static void CheckRange(int value, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }

    private void ConvertRow(ReadOnlySpan<byte> pixels, int y)
    {
        if (_layout == PixelLayout.Gray8)
            pixels.CopyTo(_components[0].Row(y));
        else
            PixelConversion.ToYCbCr(pixels, _components[0].Row(y), _components[1].Row(y), _components[2].Row(y));
    }

    private void WriteMcuRow(int rows)
    {
        foreach (EncodedComponent component in _components)
            component.Finish(_width, rows);
        for (int mcu = 0; mcu < _mcuColumns; mcu++)
        {
            foreach (EncodedComponent component in _components)
                component.WriteMcu(mcu, _entropy);
        }
    }
}
