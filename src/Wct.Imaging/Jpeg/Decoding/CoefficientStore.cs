using System.Runtime.InteropServices;

namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>A component's quantized coefficients. Memory for a row of blocks is allocated when the row is first used, so that a short file
/// that announces a large picture fails before the picture's memory is allocated.</summary>
/// <param name="component">The component.</param>
/// <param name="blockRows">Rows of blocks, padded to whole MCUs.</param>
internal sealed class CoefficientStore(Component component, int blockRows)
{
    // Rows of blocks that stay in memory if there is a scratch file: more than an MCU has, and enough for smoothing.
    private const int Window = 8;

    private readonly short[]?[] _rows = new short[blockRows][];
    private readonly Queue<int> _recent = [];
    private readonly Stack<short[]> _spare = [];
    private ScratchFile? _scratch;
    private long _offset;
    private bool[] _written = [];

    /// <summary>Size of all rows in bytes.</summary>
    internal long Bytes => (long)blockRows * component.PaddedColumns * 64 * sizeof(short);

    /// <summary>Keeps only the last used rows in memory from now on. Must be called before anything is written.</summary>
    /// <param name="scratch">The file that holds the other rows; the caller disposes of it.</param>
    /// <param name="offset">Offset of the first row in the file.</param>
    internal void MoveTo(ScratchFile scratch, long offset) => (_scratch, _offset, _written) = (scratch, offset, new bool[blockRows]);

    /// <summary>The coefficients of a block, [64] row-major.</summary>
    internal Span<short> Block(int column, int row) => (_rows[row] ??= Fetch(row)).AsSpan(column * 64, 64);

    /// <summary>Whether a row of blocks was not used yet, so that all its coefficients are 0.</summary>
    internal bool IsBlank(int row) => _rows[row] is null && (_scratch is null || !_written[row]);

    /// <summary>Transforms a row of blocks to samples.</summary>
    internal void Transform(int row, SamplePlane plane)
    {
        for (int column = 0; column < component.PaddedColumns; column++)
        {
            ReadOnlySpan<short> block = Block(column, row);
            if (block[1..].ContainsAnyExcept((short)0))
                InverseDct.Transform(block, component.Quantization, plane.Block(column, row), plane.Stride);
            else
                InverseDct.TransformFlat(block[0], component.Quantization![0], plane.Block(column, row), plane.Stride);
        }
    }

    /// <summary>Frees a row's memory when its coefficients aren't needed any more.</summary>
    internal void Release(int row)
    {
        if (_scratch is not null && _rows[row] is { } blocks)
            _spare.Push(blocks);
        _rows[row] = null;
    }

    private short[] Fetch(int row)
    {
        if (_scratch is null)
            return new short[component.PaddedColumns * 64];
        while (_spare.Count == 0 && _recent.Count >= Window)
            Evict(_recent.Dequeue());
        short[] blocks = _spare.Count > 0 ? _spare.Pop() : new short[component.PaddedColumns * 64];
        if (_written[row])
            _scratch.Read(Position(row), MemoryMarshal.AsBytes(blocks.AsSpan()));
        else
            Array.Clear(blocks);
        _recent.Enqueue(row);
        return blocks;
    }

    private void Evict(int row)
    {
        // The row was released in the meantime.
        if (_rows[row] is not { } blocks)
            return;
        _scratch!.Write(Position(row), MemoryMarshal.AsBytes(blocks.AsSpan()));
        _written[row] = true;
        _rows[row] = null;
        _spare.Push(blocks);
    }

    private long Position(int row) => _offset + (long)row * component.PaddedColumns * 64 * sizeof(short);
}
