namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Decodes all scans of a file with several scans, and keeps the coefficients, before it returns the first samples.</summary>
/// <param name="input">The file.</param>
/// <param name="segments">The segments that were read so far.</param>
/// <param name="first">The first scan. Its data comes next in the file.</param>
internal sealed class StoredCoefficients(JpegInput input, SegmentReader segments, Scan first) : SampleSource
{
    // Empty scans take time but no bytes, so the number of blocks that all scans visit is limited. MaxVisits is about a second of work, and
    // allows a scan for each coefficient of up to a million blocks. Larger pictures may have MaxPasses passes; encoders make about six.
    private const int MaxVisits = 1 << 26;
    private const int MaxPasses = 32;

    private readonly Frame _frame = segments.Frame;
    private readonly CoefficientStore[] _stores =
        [.. segments.Frame.Components.Select(component => new CoefficientStore(component, segments.Frame.McuRows * component.Vertical))];

    private ScratchFile? _scratch;

    private readonly bool[] _isThere = new bool[segments.Frame.Components.Length];
    private readonly Progression _progression = new(segments.Frame.Components.Length, input.Warnings);
    private BlockSmoothing? _smoothing;
    private int _decoded;
    private ImageFormatException? _empty;

    /// <inheritdoc/>
    internal override void ReadMcuRow(int mcuRow, SamplePlane[] planes)
    {
        if (mcuRow == 0)
            ReadScans();
        for (int i = 0; i < planes.Length; i++)
        {
            int vertical = planes[i].Component.Vertical;
            for (int row = mcuRow * vertical; row < (mcuRow + 1) * vertical; row++)
            {
                if (_smoothing is null)
                    _stores[i].Transform(row, planes[i]);
                else
                    _smoothing.Transform(i, mcuRow, row, planes[i]);
                // Smoothing also reads the rows above.
                int done = _smoothing is null ? row : row - (2 * vertical);
                if (done >= 0)
                    _stores[i].Release(done);
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>There is nothing to check, because all scans were already read, up to the end of the image.</remarks>
    internal override void Finish()
    {
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _scratch?.Dispose();
        base.Dispose();
    }

    // Coefficients that don't fit into memory go into a temporary file. Most rows of blocks are then written and read once per scan.
    private void ChooseStore()
    {
        long bytes = _stores.Sum(store => store.Bytes);
        if (bytes <= MaxMemory)
            return;
        _scratch = ScratchFile.Create(input.Source, bytes, MaxMemory);
        long offset = 0;
        foreach (CoefficientStore store in _stores)
        {
            store.MoveTo(_scratch, offset);
            offset += store.Bytes;
        }
    }

    private void ReadScans()
    {
        ChooseStore();
        long visits = 0, maxVisits = Math.Max(MaxVisits, MaxPasses * _frame.Blocks);
        for (Scan? scan = first; scan is not null; scan = segments.NextScan())
        {
            foreach (ScanComponent part in scan.Components)
            {
                // A few bytes of arithmetic code can contain many coefficients, so the number of coefficients in the band counts too.
                int weight = _frame.IsArithmetic ? 1 + ((scan.Last - scan.First) / 16) : 1;
                visits += (long)part.Component.BlockColumns * part.Component.BlockRows * weight;
                _isThere[part.Component.Index] = true;
            }

            if (visits > maxVisits)
                throw input.Fail($"too many scans: they visit {visits} blocks of a picture of {_frame.Blocks}, the limit is {maxVisits}");
            if (_frame.IsProgressive)
                _progression.Begin(scan);
            ReadScan(scan);
        }

        if (_decoded == 0)
            throw _empty!;
        for (int i = 0; i < _isThere.Length; i++)
        {
            if (_isThere[i])
                continue;
            // A component without a scan is mid-gray, as in libjpeg-turbo.
            input.Warnings.Add("no scan brings component", $" {_frame.Components[i].Id}");
            _frame.Components[i].Quantization = new short[64];
        }

        if (_frame.IsProgressive)
            _smoothing = BlockSmoothing.Create(_frame, _stores, _progression);
    }

    private void ReadScan(Scan scan)
    {
        BlockDecoder decoder = BlockDecoder.Create(input, _frame, scan, isOnlyScan: false);
        if (scan.Components.Length > 1)
            ReadInterleaved(scan, decoder);
        else
            ReadAlone(scan.Components[0], decoder);
        _decoded += decoder.State.Data.Decoded;
        if (_decoded == 0)
            _empty ??= decoder.State.Data.Empty();
    }

    private void ReadAlone(ScanComponent part, BlockDecoder decoder)
    {
        ScanState state = decoder.State;
        // In a scan of one component, an MCU is one block, and there are no padding blocks (ITU T.81, A.2.2).
        CoefficientStore store = _stores[part.Component.Index];
        for (int row = 0; row < part.Component.BlockRows; row++)
        {
            state.Data.Row = row * 8 * _frame.MaxVertical / part.Component.Vertical;
            for (int column = 0; column < part.Component.BlockColumns; column++)
            {
                if (!state.Data.IsExhausted)
                    _progression.LastRow = row / part.Component.Vertical;
                state.BeginMcu();
                if (state.IsOver)
                    return;
                if (state.Data.IsExhausted || decoder.TrySkip(store.IsBlank(row)))
                    continue;
                // A component that comes again is decoded into the coefficients that are already there, as in libjpeg-turbo.
                decoder.Decode(part, store.Block(column, row));
                state.Data.EndMcu();
            }
        }
    }

    private void ReadInterleaved(Scan scan, BlockDecoder decoder)
    {
        ScanState state = decoder.State;
        for (int mcu = 0; mcu < _frame.McuRows * _frame.McuColumns; mcu++)
        {
            (int mcuRow, int mcuColumn) = Math.DivRem(mcu, _frame.McuColumns);
            state.Data.Row = mcuRow * 8 * _frame.MaxVertical;
            if (!state.Data.IsExhausted)
                _progression.LastRow = mcuRow;
            state.BeginMcu();
            if (state.IsOver)
                return;
            if (state.Data.IsExhausted)
                continue;
            foreach (ScanComponent part in scan.Components)
            {
                (int width, int height) = (part.Component.Horizontal, part.Component.Vertical);
                CoefficientStore store = _stores[part.Component.Index];
                for (int i = 0; i < width * height; i++)
                    decoder.Decode(part, store.Block((mcuColumn * width) + (i % width), (mcuRow * height) + (i / width)));
            }

            state.Data.EndMcu();
        }
    }
}
