using Wct.Kernels.Cpu;

namespace Wct.Kernels.Convolutions.Bands;

/// <summary>The pixels that a rectangle of outputs reads, copied with their padding: [block, phase row, phase column, row, column,
/// lane].</summary>
/// <remarks>With stride 2, pixels with even and odd rows and columns are stored apart, as four phases. So neighboring outputs read
/// neighboring pixels of a phase, and each tap is a constant distance from its output, as in convolutions with stride 1.</remarks>
internal readonly unsafe struct Band
{
    private readonly CpuTensor _input;
    private readonly TapGrid _grid;
    private readonly Region _outputs;
    private readonly int _rows, _columns;
    private readonly float* _samples;

    /// <summary>Describes the buffer; <see cref="Copy"/> fills it.</summary>
    /// <param name="input">The convolution's input.</param>
    /// <param name="grid">Pixels that the outputs read.</param>
    /// <param name="outputs">The rectangle.</param>
    /// <param name="samples">[<see cref="Length"/>].</param>
    internal Band(CpuTensor input, TapGrid grid, Region outputs, float* samples)
    {
        (_input, _grid, _outputs) = (input, grid, outputs);
        _samples = samples;
        (_rows, _columns) = (outputs.Height + grid.HaloRows, outputs.Width + grid.HaloColumns);
    }

    /// <summary>Elements of the buffer.</summary>
    internal long Length => _input.Layout.Blocks * BlockStride;

    /// <summary>Elements from one block of channels to the next.</summary>
    internal long BlockStride => _grid.Phases * PhaseLength;

    /// <summary>The first tap of the first output of a row.</summary>
    /// <param name="row">Row of the rectangle.</param>
    internal float* Row(int row) => _samples + row * RowStride;

    /// <summary>Distance in elements from an output's first tap to another one.</summary>
    /// <param name="y">Row of the tap.</param>
    /// <param name="x">Column of the tap.</param>
    internal long Offset(int y, int x)
    {
        int phase = y % _grid.Stride * _grid.Stride + x % _grid.Stride;
        return phase * PhaseLength + y / _grid.Stride * RowStride + x / _grid.Stride * (long)_input.Layout.Lanes;
    }

    /// <summary>Elements from one row of a phase to the next.</summary>
    internal long RowStride => (long)_columns * _input.Layout.Lanes;

    /// <summary>Elements from one phase to the next.</summary>
    internal long PhaseLength => _rows * RowStride;

    /// <summary>Copies a block's pixels.</summary>
    /// <param name="block">Block of channels.</param>
    internal void Copy(int block)
    {
        float* target = _samples + block * BlockStride;
        for (int phase = 0; phase < _grid.Phases; phase++)
        {
            int left = _outputs.X * _grid.Stride + phase % _grid.Stride - _grid.Left;
            for (int row = 0; row < _rows; row++, target += RowStride)
            {
                int y = (_outputs.Y + row) * _grid.Stride + phase / _grid.Stride - _grid.Top;
                y = PaddingIndex.Of(_grid.Padding, y, _input.Shape.Height);
                if (y < 0)
                    new Span<float>(target, (int)RowStride).Clear();
                else
                    CopyRow(_input.At(block, y, 0), left, target);
            }
        }
    }

    // Copies every Stride-th pixel from column left on. Those outside of the row come from the padding.
    private void CopyRow(float* row, int left, float* target)
    {
        int lanes = _input.Layout.Lanes, width = _input.Shape.Width, stride = _grid.Stride;
        int first = Math.Clamp((stride - 1 - left) / stride, 0, _columns);
        int end = Math.Clamp((width - left + stride - 1) / stride, first, _columns);
        for (int column = 0; column < first; column++)
            CopyOutside(row, left + column * stride, target + (long)column * lanes);
        float* from = row + (left + first * (long)stride) * lanes, to = target + (long)first * lanes;
        if (stride == 1)
        {
            new ReadOnlySpan<float>(from, (end - first) * lanes).CopyTo(new Span<float>(to, (end - first) * lanes));
        }
        else if (lanes == 1)
        {
            for (int column = first; column < end; column++, from += stride)
                *to++ = *from;
        }
        else
        {
            for (int column = first; column < end; column++, from += stride * lanes, to += lanes)
                new ReadOnlySpan<float>(from, BlockedLayout.BlockLanes).CopyTo(new Span<float>(to, BlockedLayout.BlockLanes));
        }

        for (int column = end; column < _columns; column++)
            CopyOutside(row, left + column * stride, target + (long)column * lanes);
    }

    private void CopyOutside(float* row, int column, float* target)
    {
        int lanes = _input.Layout.Lanes, x = PaddingIndex.Of(_grid.Padding, column, _input.Shape.Width);
        if (x < 0)
            new Span<float>(target, lanes).Clear();
        else
            new ReadOnlySpan<float>(row + (long)x * lanes, lanes).CopyTo(new Span<float>(target, lanes));
    }
}
