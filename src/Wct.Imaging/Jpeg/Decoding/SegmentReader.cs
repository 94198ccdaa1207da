namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Reads the segments before, between and after scans, and keeps their contents.</summary>
internal sealed class SegmentReader
{
    private readonly JpegInput _input;
    private readonly long _maxPixels;
    private readonly Tables _tables = new();
    private Frame? _frame;
    private bool _hasJfif;
    private readonly JpegProfile _profile = new();
    private byte[] _exif = [];
    private int _scans;
    private int? _adobeTransform;

    private SegmentReader(JpegInput input, long maxPixels) => (_input, _maxPixels) = (input, maxPixels);

    /// <summary>The frame. It exists once a scan was found.</summary>
    internal Frame Frame => _frame ?? throw new InvalidOperationException("no scan was read yet");

    /// <summary>The picture's orientation, 1 to 8 as in Exif.</summary>
    internal int Orientation { get; private set; } = 1;

    /// <summary>The meaning of the components.</summary>
    internal ColorModel ColorModel => ColorModels.Choose(Frame.Components, _hasJfif, _adobeTransform);

    /// <summary>The Exif data and the color profile in the segments read so far.</summary>
    internal ImageMetadata Metadata() => ImageMetadata.Of(_exif, _profile.Bytes(_input.Warnings), _input.Warnings);

    /// <summary>Checks that a file starts with the marker of JPEG files.</summary>
    internal static SegmentReader Open(JpegInput input, long maxPixels)
    {
        (byte first, byte second) = (input.NextByte(), input.NextByte());
        if (first != 0xFF || second != Marker.StartOfImage)
            throw input.Fail(
                input.HasEnded ? "ends before a JPEG header" : $"starts with {first:X2}{second:X2}, JPEG files start with FFD8");
        return new SegmentReader(input, maxPixels);
    }

    /// <summary>Reads up to the next scan's data; null at the end of the image.</summary>
    /// <exception cref="ImageFormatException">The file is damaged, or ends before the first scan.</exception>
    internal Scan? NextScan()
    {
        try
        {
            Scan? scan = FindScan();
            if (scan is null && _input.HasEnded && _scans > 0)
                WarnOfEnd();
            _scans++;
            return scan;
        }
        catch (ImageFormatException failure) when (_scans > 0 && !_input.Warnings.Strict)
        {
            // The scans decoded so far give a picture. libjpeg-turbo shows it only if the file ends here.
            if (_input.HasEnded)
                WarnOfEnd();
            else
                _input.Warnings.Add("damaged after a scan: ", failure.Problem);
            return null;
        }
    }

    private void WarnOfEnd() => _input.Warnings.Add("truncated: no end-of-image marker");

    private Scan? FindScan()
    {
        while (true)
        {
            int marker = _input.NextMarker();
            if (marker == Marker.EndOfImage)
                return null;
            if (marker == Marker.StartOfScan)
            {
                Frame frame = _frame ?? throw _input.Fail("a scan header comes before the frame header");
                return Scan.Read(_input.ReadSegment("scan header"), frame, _tables);
            }

            // After a scan, such a marker isn't an unknown segment, but a part of damaged scan data.
            if (_scans > 0 && marker is < Marker.FirstFrame or (>= Marker.FirstExtension and <= Marker.LastExtension))
            {
                _input.Warnings.Add("damaged: a marker that does not exist in scan data", $": FF{marker:X2}");
                continue;
            }

            // These markers have no segment. Extra restart markers are ignored.
            if (marker is not (Marker.Temporary or (>= Marker.FirstRestart and <= Marker.StartOfImage)))
                Read(marker);
        }
    }

    private void Read(int marker)
    {
        switch (marker)
        {
            case Marker.HuffmanTables:
                _tables.ReadHuffman(_input.ReadSegment("Huffman table segment"));
                break;
            case Marker.QuantizationTables:
                _tables.ReadQuantization(_input.ReadSegment("quantization table segment"));
                break;
            case Marker.RestartInterval:
                _tables.ReadRestartInterval(_input.ReadSegment("restart interval segment"));
                break;
            case Marker.ArithmeticConditioning:
                _tables.ReadConditioning(_input.ReadSegment("arithmetic conditioning segment"));
                break;
            case >= Marker.Baseline and <= Marker.LastFrame or Marker.Hierarchical or Marker.Expand or Marker.LosslessFrame:
                ReadFrame(marker);
                break;
            default:
                bool isOptional = marker is Marker.NumberOfLines or Marker.Comment or (>= Marker.App0 and <= Marker.LastApp);
                ReadApplication(marker, _input.ReadSegment($"segment FF{marker:X2}", isOptional).Rest);
                break;
        }
    }

    private void ReadFrame(int marker)
    {
        string? unsupported = marker switch
        {
            Marker.Baseline or Marker.Extended or Marker.Progressive or Marker.ArithmeticSequential or Marker.ArithmeticProgressive => null,
            0xC3 or 0xCB or Marker.LosslessFrame => "lossless",
            0xC8 => "extended",
            _ => "hierarchical",
        };
        if (unsupported is not null)
            throw _input.Fail($"{unsupported} coding (marker FF{marker:X2}) is not supported");
        if (_frame is not null)
            throw _input.Fail($"a second frame header (marker FF{marker:X2})");
        _frame = Frame.Read(_input.ReadSegment("frame header"), marker, _maxPixels);
    }

    private void ReadApplication(int marker, ReadOnlySpan<byte> payload)
    {
        if (marker == Marker.App0 && payload.Length >= 14 && payload.StartsWith("JFIF\0"u8))
            _hasJfif = true;
        if (marker == Marker.App14 && payload.Length >= 12 && payload.StartsWith("Adobe"u8))
            _adobeTransform = payload[11];
        if (marker == Marker.App1 && _exif.Length == 0 && payload.StartsWith("Exif\0\0"u8))
        {
            _exif = payload[6..].ToArray();
            Orientation = ExifBlock.Orientation(_exif) ?? 1;
        }

        if (marker == Marker.App2)
            _profile.Add(payload);
    }
}
