namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Reads the rows of a JPEG file in stored order.</summary>
/// <remarks>Decodes a row of MCUs when it is needed, upsamples its components, and converts the colors.</remarks>
internal sealed class JpegReader : ImageReader
{
    private readonly JpegInput _input;
    private readonly Frame _frame;
    private readonly ColorModel _model;
    private readonly SampleSource _source;
    private readonly SamplePlane[] _planes;
    private readonly Upsampler[] _upsamplers;
    private RowCursor _cursor;
    private int _row;
    private int _mcuRows;
    private ImageFormatException? _failure;

    /// <param name="input">The file; closed with this reader.</param>
    /// <param name="segments">The segments that were read so far.</param>
    /// <param name="scan">The first scan. Its data comes next in the file.</param>
    internal JpegReader(JpegInput input, SegmentReader segments, Scan scan)
    {
        (_input, _frame, _model) = (input, segments.Frame, segments.ColorModel);
        bool complete = !_frame.IsProgressive && scan.Components.Length == _frame.Components.Length;
        _source = complete ? new StreamedSamples(input, segments, scan) : new StoredCoefficients(input, segments, scan);
        _planes = [.. _frame.Components.Select(component => new SamplePlane(component))];
        (Metadata, Orientation) = (segments.Metadata(), segments.Orientation);
        _cursor = new RowCursor(Width * Layout.BytesPerPixel(), Height);
        _upsamplers = [.. _planes.Select(plane => Upsampler.Create(plane, _frame))];
    }

    /// <inheritdoc/>
    public override int Width => _frame.Width;

    /// <inheritdoc/>
    public override int Height => _frame.Height;

    /// <inheritdoc/>
    public override PixelLayout Layout => _model == ColorModel.Gray ? PixelLayout.Gray8 : PixelLayout.Rgb24;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Warnings => _input.Warnings;

    /// <inheritdoc/>
    public override ImageMetadata Metadata { get; }

    /// <inheritdoc/>
    public override int Orientation { get; }

    /// <inheritdoc/>
    public override long MaxMemory
    {
        get => _source.MaxMemory;
        set => _source.MaxMemory = value;
    }

    /// <inheritdoc/>
    public override void ReadRows(Span<byte> destination)
    {
        int stride = Width * Layout.BytesPerPixel();
        // After a failure the position in the file is unknown, so more rows would be noise.
        if (_failure is not null)
            throw new ImageFormatException(_failure.Source, _failure.Problem);
        int rows = _cursor.Take(destination.Length, nameof(destination));
        try
        {
            for (int i = 0; i < rows; i++)
                ReadRow(destination.Slice(i * stride, stride));
        }
        catch (ImageFormatException failure)
        {
            _failure = failure;
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _source.Dispose();
        _input.Dispose();
    }

    private void ReadRow(Span<byte> pixels)
    {
        while (_mcuRows < _frame.McuRows && !HasSources(_row))
            _source.ReadMcuRow(_mcuRows++, _planes);
        Convert(pixels);
        if (++_row == Height)
            _source.Finish();
    }

    private bool HasSources(int row)
    {
        for (int i = 0; i < _planes.Length; i++)
        {
            Component component = _planes[i].Component;
            if (Math.Min(_upsamplers[i].LastSource(row), component.Height - 1) >= _mcuRows * component.Vertical * 8)
                return false;
        }

        return true;
    }

    private void Convert(Span<byte> pixels)
    {
        ReadOnlySpan<byte> first = _upsamplers[0].Row(_row)[..Width];
        if (_model == ColorModel.Gray)
        {
            first.CopyTo(pixels);
            return;
        }

        ReadOnlySpan<byte> second = _upsamplers[1].Row(_row), third = _upsamplers[2].Row(_row);
        if (_model is ColorModel.YCbCr or ColorModel.Ycck)
            YCbCrConversion.FromYCbCr(first, second, third, pixels);
        else
            YCbCrConversion.FromRgb(first, second, third, pixels);
        if (_model == ColorModel.Ycck)
            YCbCrConversion.Invert(pixels);
        if (_model is ColorModel.Cmyk or ColorModel.Ycck)
            YCbCrConversion.ApplyBlack(pixels, _upsamplers[3].Row(_row));
    }
}
