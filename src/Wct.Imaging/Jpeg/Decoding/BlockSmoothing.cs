namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Estimates low frequencies that no scan of a progressive file has brought yet from the DC coefficients around a block.</summary>
/// <remarks>
/// The idea is that of ITU T.81, K.8: a smooth surface through the means of the blocks has these coefficients. Window and weights are those
/// of libjpeg-turbo 2.1, so that unfinished pictures look the same to the bit.
/// </remarks>
internal sealed class BlockSmoothing
{
    private const int Side = 5, Window = Side * Side;

    // Where the coefficients 1 to 9 of the zig-zag order stand in a block.
    private static readonly byte[] Positions = ZigZag.Natural[..(Progression.Smoothed + 1)].ToArray();

    // Weights of the 25 DC coefficients, by coefficient, where nothing but DC is known. The first are for DC itself.
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

    // The same where some AC coefficients are known: then DC stays, and only five are estimated.
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

    /// <summary>Smoothing for a file whose scans were read; null where everything is known, or where it can't be done.</summary>
    internal static BlockSmoothing? Create(Frame frame, CoefficientStore[] stores, Progression progression)
    {
        bool useful = false;
        foreach (Component component in frame.Components)
        {
            int[] known = progression.Known(component.Index);
            // Estimates are divided by the quantization.
            if (known[0] < 0 || Array.Exists(Positions, position => component.Quantization![position] == 0))
                return null;
            useful |= known.AsSpan(1, Progression.Smoothed).ContainsAnyExcept(0);
        }

        return useful ? new(frame, stores, progression) : null;
    }

    /// <summary>Turns a row of blocks into samples.</summary>
    /// <param name="component">The component's index.</param>
    /// <param name="mcuRow">The row of MCUs that the row of blocks belongs to.</param>
    /// <param name="row">The row of blocks; nothing is done for those that only pad the picture.</param>
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

    // The rows of blocks above and below. At the picture's edges the nearest row is repeated; libjpeg-turbo decides that by rows of MCUs,
    // and so repeats a row too early at some of them.
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

    // At the edges the nearest column is repeated; of two columns, libjpeg-turbo repeats the first on both sides.
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
            // What is known of a 0 is that its higher bits are 0.
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

    // The nearest to value / (256 step), halves away from 0, with a magnitude of at most 'most'.
    private static int Divide(long value, long step, int most)
    {
        int magnitude = Math.Min((int)(((step << 7) + Math.Abs(value)) / (step << 8)), most);
        return value < 0 ? -magnitude : magnitude;
    }

    // A window that is odd from left to right: the left half's weights of the outer, the next and the middle row.
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
