namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Full resolution: returns the samples unchanged.</summary>
internal sealed class FullSizeUpsampler(SamplePlane plane) : Upsampler(plane)
{
    /// <inheritdoc/>
    internal override int LastSource(int y) => y;

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> Row(int y) => Plane.Row(y);
}

/// <summary>Half the width (4:2:2): filters rows.</summary>
internal sealed class H2V1Upsampler(SamplePlane plane) : Upsampler(plane)
{
    private readonly ushort[] _sums = new ushort[plane.Component.Width];
    private readonly byte[] _row = new byte[2 * plane.Component.Width];

    /// <inheritdoc/>
    internal override int LastSource(int y) => y;

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> Row(int y)
    {
        TriangleFilter.Widen(Plane.Row(y), _sums);
        TriangleFilter.DoubleWidth(_sums, _row, 1, 2, 2);
        return _row;
    }
}

/// <summary>Half the height (4:4:0): filters columns.</summary>
internal sealed class H1V2Upsampler(SamplePlane plane) : Upsampler(plane)
{
    private readonly ushort[] _sums = new ushort[plane.Component.Width];
    private readonly byte[] _row = new byte[plane.Component.Width];

    /// <inheritdoc/>
    internal override int LastSource(int y) => Math.Max(y >> 1, Neighbor(y));

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> Row(int y)
    {
        TriangleFilter.Columns(Plane.Row(y >> 1), Plane.Row(Neighbor(y)), _sums);
        TriangleFilter.Quarter(_sums, _row, (y & 1) == 0 ? 1 : 2);
        return _row;
    }
}

/// <summary>Half of both (4:2:0): filters columns, then rows.</summary>
internal sealed class H2V2Upsampler(SamplePlane plane) : Upsampler(plane)
{
    private readonly ushort[] _sums = new ushort[plane.Component.Width];
    private readonly byte[] _row = new byte[2 * plane.Component.Width];

    /// <inheritdoc/>
    internal override int LastSource(int y) => Math.Max(y >> 1, Neighbor(y));

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> Row(int y)
    {
        TriangleFilter.Columns(Plane.Row(y >> 1), Plane.Row(Neighbor(y)), _sums);
        TriangleFilter.DoubleWidth(_sums, _row, 8, 7, 4);
        return _row;
    }
}

/// <summary>Any other ratio: repeats samples. If the ratio isn't an integer, it takes the sample to the left and above.</summary>
internal sealed class RepeatingUpsampler(SamplePlane plane, Frame frame) : Upsampler(plane)
{
    private readonly byte[] _row = new byte[frame.Width];

    /// <inheritdoc/>
    internal override int LastSource(int y) => y * Plane.Component.Vertical / frame.MaxVertical;

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> Row(int y)
    {
        ReadOnlySpan<byte> source = Plane.Row(LastSource(y));
        (int step, int whole) = (Plane.Component.Horizontal, frame.MaxHorizontal);
        int position = 0, fraction = 0;
        for (int x = 0; x < _row.Length; x++)
        {
            _row[x] = source[position];
            fraction += step;
            if (fraction >= whole)
                (position, fraction) = (position + 1, fraction - whole);
        }

        return _row;
    }
}
