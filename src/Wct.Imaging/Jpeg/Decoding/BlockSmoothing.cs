namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Estimates low-frequency coefficients that an incomplete progressive file lacks, from the DC coefficients around a
/// block.</summary>
/// <remarks>
/// Follows ITU T.81, K.8: the estimates are the coefficients of a smooth surface through the means of the blocks. The window and the
/// weights are those of libjpeg-turbo 2.1, so that incomplete pictures are the same to the bit.
/// </remarks>
internal sealed class BlockSmoothing
{
    private const int Side = 5, Window = Side * Side;

    // Row-major positions of the coefficients 0 to 9 in zig-zag order.
    private static readonly byte[] Positions = ZigZag.Natural[..(Progression.Smoothed + 1)].ToArray();

    // For each estimated coefficient, the weights of the 25 DC coefficients if only DC is known. MeanWeights has the weights for DC itself.
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

    // The same if some AC coefficients are known. DC then doesn't change, and only five coefficients are estimated.
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

    /// <summary>Creates the smoothing for a file whose scans were read; null if all coefficients are known, or if smoothing isn't
    /// possible.</summary>
    internal static BlockSmoothing? Create(Frame frame, CoefficientStore[] stores, Progression progression)
    {
        bool useful = false;
        foreach (Component component in frame.Components)
        {
            int[] known = progression.Known(component.Index);
            // Estimates are divided by the quantization, so it must not be 0.
            if (known[0] < 0 || Array.Exists(Positions, position => component.Quantization![position] == 0))
                return null;
            useful |= known.AsSpan(1, Progression.Smoothed).ContainsAnyExcept(0);
        }

        return useful ? new(frame, stores, progression) : null;
    }

    /// <summary>Smooths a row of blocks and transforms it to samples.</summary>
    /// <param name="component">The component's index.</param>
    /// <param name="mcuRow">The row of MCUs that the row of blocks belongs to.</param>
    /// <param name="row">The row of blocks. Rows that only pad the picture are skipped.</param>
    /// <param name="plane">Receives the samples.</param>
    internal void Transform(int component, int mcuRow, int row, SamplePlane plane)
    {
        Component of = plane.Component;
        if (row >= of.BlockRows)
            return;
        int[] known = mcuRow > _progression.LastRow ? _progression.KnownBefore(component) : _progression.Known(component);
        Span<int> rows = stackalloc int[Side];
        FindRows(of, mcuRow, row, rows);
        for (int column = 0; column < of.BlockColumns; column++)
        {
            for (int i = 0; i < Window; i++)
                _window[i] = _stores[component].Block(ColumnAt(column + (i % Side) - 2, of.BlockColumns), rows[i / Side])[0];
            _stores[component].Block(column, row).CopyTo(_block);
            Estimate(known, of.Quantization!);
            InverseDct.Transform(_block, of.Quantization, plane.Block(column, row), plane.Stride);
        }
    }

    // Finds the rows of blocks above and below. At the picture's edges the nearest row is repeated. libjpeg-turbo finds the edges by rows
    // of MCUs, and therefore repeats some rows too early. This does the same.
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

    // At the edges the nearest column is repeated. If there are two columns, the first is repeated on both sides, as in libjpeg-turbo.
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
            // A coefficient of 0 may still have lower bits that are unknown. Its known higher bits limit the estimate.
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

    // Rounds value / (256 step) to the nearest integer, halves away from 0, and limits its magnitude to 'most'.
    private static int Divide(long value, long step, int most)
    {
        int magnitude = Math.Min((int)(((step << 7) + Math.Abs(value)) / (step << 8)), most);
        return value < 0 ? -magnitude : magnitude;
    }

    // Weights that are antisymmetric from left to right. The arguments are the magnitudes in the outer, the next and the middle row.
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
