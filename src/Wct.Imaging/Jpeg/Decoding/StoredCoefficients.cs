namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Decodes all scans of a file that has several, keeping the coefficients, before it gives the first samples.</summary>
/// <param name="input">The file.</param>
/// <param name="segments">What was read of it so far.</param>
/// <param name="first">The first scan, whose data comes next.</param>
internal sealed class StoredCoefficients(JpegInput input, SegmentReader segments, Scan first) : SampleSource
{
    // Empty scans cost time without costing bytes, so the blocks that all scans visit must be limited: to about a second's worth,
    // which allows each coefficient a scan of its own up to a million blocks; or, in larger pictures, to several times the six
    // or so passes over the picture that encoders make.
    private const int MostVisits = 1 << 26;
    private const int MostPasses = 32;

    private readonly Frame _frame = segments.Frame;
    private readonly CoefficientStore[] _stores =
        [.. segments.Frame.Components.Select(component => new CoefficientStore(component, segments.Frame.McuRows * component.Vertical))];

    private ScratchFile? _scratch;

    private readonly bool[] _hasDc = new bool[segments.Frame.Components.Length];

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
                _stores[i].Transform(row, planes[i]);
                _stores[i].Release(row);
            }
        }
    }

    /// <inheritdoc/>
    /// <remarks>Nothing is left to check: scans were read up to the end of the image.</remarks>
    internal override void Finish()
    {
    }

    /// <inheritdoc/>
    public override void Dispose() => _scratch?.Dispose();

    // Coefficients that are too many for memory go into a file; most rows of blocks are written and read once per scan then.
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
        long visits = 0, mostVisits = Math.Max(MostVisits, MostPasses * _frame.Blocks);
        for (Scan? scan = first; scan is not null; scan = segments.NextScan())
        {
            foreach (ScanComponent part in scan.Components)
            {
                visits += (long)part.Component.BlockColumns * part.Component.BlockRows;
                _hasDc[part.Component.Index] |= scan.First == 0;
            }

            if (visits > mostVisits)
                throw input.Fail($"too many scans: they visit {visits} blocks of a picture of {_frame.Blocks}, the limit is {mostVisits}");
            ReadScan(scan);
        }

        int missing = Array.IndexOf(_hasDc, false);
        if (missing >= 0)
            throw input.Fail($"no scan brings component {_frame.Components[missing].Id}");
    }

    private void ReadScan(Scan scan)
    {
        EntropyReader reader = new(input, _frame.Height);
        ScanState state = new(reader, scan.RestartInterval);
        ProgressiveBlock? progressive = _frame.IsProgressive ? new ProgressiveBlock(state, scan) : null;
        if (scan.Components.Length > 1)
        {
            ReadInterleaved(scan, state, progressive);
            return;
        }

        // Alone, a component's MCU is one block, and the blocks that pad it are left out (ITU T.81, A.2.2).
        ScanComponent part = scan.Components[0];
        CoefficientStore store = _stores[part.Component.Index];
        for (int row = 0; row < part.Component.BlockRows; row++)
        {
            reader.Row = row * 8 * _frame.MaxVertical / part.Component.Vertical;
            for (int column = 0; column < part.Component.BlockColumns; column++)
            {
                state.BeginMcu();
                if (progressive?.TrySkip(store.IsBlank(row)) == true)
                    continue;
                ReadBlock(part, column, row, state, progressive);
                reader.Check();
            }
        }
    }

    private void ReadInterleaved(Scan scan, ScanState state, ProgressiveBlock? progressive)
    {
        for (int mcu = 0; mcu < _frame.McuRows * _frame.McuColumns; mcu++)
        {
            (int mcuRow, int mcuColumn) = Math.DivRem(mcu, _frame.McuColumns);
            state.Reader.Row = mcuRow * 8 * _frame.MaxVertical;
            state.BeginMcu();
            foreach (ScanComponent part in scan.Components)
            {
                (int width, int height) = (part.Component.Horizontal, part.Component.Vertical);
                for (int i = 0; i < width * height; i++)
                    ReadBlock(part, (mcuColumn * width) + (i % width), (mcuRow * height) + (i / width), state, progressive);
            }

            state.Reader.Check();
        }
    }

    private void ReadBlock(ScanComponent part, int column, int row, ScanState state, ProgressiveBlock? progressive)
    {
        Span<short> block = _stores[part.Component.Index].Block(column, row);
        if (progressive is not null)
        {
            progressive.Decode(part, block);
            return;
        }

        block.Clear();
        SequentialBlock.Decode(state.Reader, part.Dc!, part.Ac!, ref state.Predictors[part.Component.Index], block);
    }
}
