namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Smooths progressive files whose later scans are missing. Estimates a block's unknown low-frequency coefficients from the DC
/// coefficients of the 5x5 blocks around it.</summary>
/// <remarks>
/// After ITU T.81, K.8: fits a smooth surface through the means of neighboring blocks and uses its coefficients. The window and the weights
/// are those of libjpeg-turbo 2.1, so incomplete pictures have the same bits.
/// </remarks>
internal sealed class BlockSmoothing
{
    private const int Side = 5, Window = Side * Side;

    // Positions in a block of the coefficients 0 to 9 in zig-zag order.
    private static readonly byte[] Positions = ZigZag.Natural[..(Progression.Smoothed + 1)].ToArray();

    // Used if only DC is known: for each estimated coefficient 1 to 9, the weights of the 25 DC coefficients. Entry 0 is unused;
    // MeanWeights are those of DC.
    private static readonly sbyte[][] WideWeights =
    [
        [],
        Antisymmetric(1, 1, 3, 13, 3, 38),
        Transposed(Antisymmetric(1, 1, 3, 13, 3, 38)),
        [0, 0, 1, 0, 0, 0, 2, 7, 2, 0, 0, -5, -14, -5, 0, 0, 2, 7, 2, 0, 0, 0, 1, 0, 0],
        [-1, 0, 0, 0, 1, 0, 9, 0, -9, 0, 0, 0, 0, 0, 0, 0, -9, 0, 9, 0, 1, 0, 0, 0, -1],
        [0, 0, 0, 0, 0, 0, 2, -5, 2, 0, 1, 7, -14, 7, 1, 0, 2, -5, 2, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 1, 0, -1, 0, 0, 2, 0, -2, 0, 0, 1, 0, -1, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 1, -3, 1, 0, 0, 0, 0, 0, 0, 0, -1, 3, -1, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 1, 0, -1, 0, 0, -3, 0, 3, 0, 0, 1, 0, -1, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 1, 2, 1, 0, 0, 0, 0, 0, 0, 0, -1, -2, -1, 0, 0, 0, 0, 0, 0],
    ];

    private static readonly short[] MeanWeights =
        [-2, -6, -8, -6, -2, -6, 6, 42, 6, -6, -8, 42, 152, 42, -8, -6, 6, 42, 6, -6, -2, -6, -8, -6, -2];

    // Used if some AC coefficients are known: DC is kept, and only coefficients 1 to 5 are estimated.
    private static readonly sbyte[][] NarrowWeights =
    [
        [],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -7, 50, 0, -50, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, -7, 0, 0, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, -50, 0, 0, 0, 0, 7, 0, 0],
        [0, 0, -1, 0, 0, 0, 0, 13, 0, 0, 0, 0, -24, 0, 0, 0, 0, 13, 0, 0, 0, 0, -1, 0, 0],
        [0, -1, 0, 1, 0, -1, 10, 0, -10, 1, 0, 0, 0, 0, 0, 1, -10, 0, 10, -1, 0, 1, 0, -1, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 13, -24, 13, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ];

    private readonly Frame _frame;
    private readonly CoefficientStore[] _stores;
    private readonly Progression _progression;
    private readonly short[] _block = new short[64];
    private readonly int[] _window = new int[Window];

    private BlockSmoothing(Frame frame, CoefficientStore[] stores, Progression progression) =>
        (_frame, _stores, _progression) = (frame, stores, progression);

    /// <summary>Creates the smoothing after all scans were read. Null if all these coefficients are known, if a DC coefficient is unknown,
    /// or if a quantization step is 0.</summary>
    internal static BlockSmoothing? Create(Frame frame, CoefficientStore[] stores, Progression progression)
    {
        bool useful = false;
        foreach (Component component in frame.Components)
        {
            int[] known = progression.Known(component.Index);
            // An estimate is divided by its quantization step, which must not be 0.
            if (known[0] < 0 || Array.Exists(Positions, position => component.Quantization![position] == 0))
                return null;
            useful |= known.AsSpan(1, Progression.Smoothed).ContainsAnyExcept(0);
        }

        return useful ? new(frame, stores, progression) : null;
    }

    /// <summary>Smooths a row of blocks and transforms it to samples.</summary>
    /// <param name="componentIndex">The component's index.</param>
    /// <param name="mcuRow">The row of MCUs that the row of blocks belongs to.</param>
    /// <param name="row">The row of blocks. Rows that only pad the picture are skipped.</param>
    /// <param name="plane">Receives the samples.</param>
    internal void Transform(int componentIndex, int mcuRow, int row, SamplePlane plane)
    {
        Component component = plane.Component;
        if (row >= component.BlockRows)
            return;
        int[] known = mcuRow > _progression.LastRow ? _progression.KnownBefore(componentIndex) : _progression.Known(componentIndex);
        CoefficientStore store = _stores[componentIndex];
        Span<int> rows = stackalloc int[Side];
        FindRows(component, mcuRow, row, rows);
        for (int column = 0; column < component.BlockColumns; column++)
        {
            for (int i = 0; i < Window; i++)
                _window[i] = store.Block(ColumnAt(column + (i % Side) - 2, component.BlockColumns), rows[i / Side])[0];
            store.Block(column, row).CopyTo(_block);
            Estimate(known, component.Quantization!);
            InverseDct.Transform(_block, component.Quantization, plane.Block(column, row), plane.Stride);
        }
    }

    // Finds the rows of blocks above and below. At the picture's edges, the nearest row is repeated. Like libjpeg-turbo, this decides by
    // MCU rows, so it repeats a row too early in some cases.
    private void FindRows(Component component, int mcuRow, int row, Span<int> rows)
    {
        int first = mcuRow * component.Vertical, inMcu = row - first, last = _frame.McuRows - 1;
        int count = mcuRow < last ? component.Vertical : component.BlockRows - first;
        rows[2] = row;
        rows[1] = inMcu > 0 || mcuRow > 0 ? row - 1 : row;
        rows[0] = inMcu > 1 || mcuRow > 1 ? row - 2 : rows[1];
        rows[3] = inMcu < count - 1 || mcuRow < last ? row + 1 : row;
        rows[4] = inMcu < count - 2 || mcuRow + 1 < last ? row + 2 : rows[3];
    }

    // At the edges, the nearest column is repeated. If there are only two columns, the first one is used on both sides, as in
    // libjpeg-turbo.
    private static int ColumnAt(int column, int columns) => column < columns ? Math.Max(column, 0) : columns == 2 ? 0 : columns - 1;

    private void Estimate(int[] known, ReadOnlySpan<short> quantization)
    {
        bool onlyDc = !known.AsSpan(1, Progression.Smoothed).ContainsAnyExcept(-1);
        sbyte[][] weights = onlyDc ? WideWeights : NarrowWeights;
        long scale = (ushort)quantization[0];
        for (int k = 1; k < weights.Length; k++)
        {
            ref short coefficient = ref _block[Positions[k]];
            if (known[k] == 0 || coefficient != 0)
                continue;
            long sum = 0;
            for (int i = 0; i < Window; i++)
                sum += weights[k][i] * _window[i];
            // If the lowest known bit is n, a coefficient that is still 0 has a magnitude below 2^n.
            int most = known[k] > 0 ? (1 << known[k]) - 1 : int.MaxValue;
            coefficient = (short)Divide(scale * sum, (ushort)quantization[Positions[k]], most);
        }

        if (!onlyDc)
            return;
        long mean = 0;
        for (int i = 0; i < Window; i++)
            mean += MeanWeights[i] * _window[i];
        _block[0] = (short)Divide(scale * mean, scale, int.MaxValue);
    }

    // Rounds value / (256·step) to the nearest integer, halves away from zero, and limits the magnitude to 'most'.
    private static int Divide(long value, long step, int most)
    {
        int magnitude = Math.Min((int)(((step << 7) + Math.Abs(value)) / (step << 8)), most);
        return value < 0 ? -magnitude : magnitude;
    }

    // Builds a 5x5 window that is antisymmetric left to right and symmetric top to bottom. The parameters are, up to sign, the weights of
    // the left two columns in the outer, inner and middle rows.
    private static sbyte[] Antisymmetric(sbyte corner, sbyte nextToCorner, sbyte edge, sbyte inner, sbyte middleEdge, sbyte middle) =>
    [
        (sbyte)-corner, (sbyte)-nextToCorner, 0, nextToCorner, corner,
        (sbyte)-edge, inner, 0, (sbyte)-inner, edge,
        (sbyte)-middleEdge, middle, 0, (sbyte)-middle, middleEdge,
        (sbyte)-edge, inner, 0, (sbyte)-inner, edge,
        (sbyte)-corner, (sbyte)-nextToCorner, 0, nextToCorner, corner,
    ];

    private static sbyte[] Transposed(sbyte[] weights) =>
        [.. Enumerable.Range(0, Window).Select(i => weights[(i % Side * Side) + (i / Side)])];
}
