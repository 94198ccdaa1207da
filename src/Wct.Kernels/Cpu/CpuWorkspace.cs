namespace Wct.Kernels.Cpu;

/// <summary>Hands out buffers of one block of memory, alternately from its two ends. In a chain of layers, input and output are then at
/// opposite ends, so the memory never fragments.</summary>
internal sealed unsafe class CpuWorkspace : Workspace, IBufferOwner
{
    private readonly BufferPool _pool;
    private readonly NativeBuffer _memory;
    // Sorted by address; only a few at a time.
    private readonly List<NativeBuffer> _used = [];
    private bool _fromEnd;

    internal CpuWorkspace(nuint bytes, NativeBufferSource source, BufferPool pool)
    {
        _pool = pool;
        try
        {
            _memory = source.Allocate(Aligned(nuint.Max(bytes, 1)));
        }
        catch (OutOfMemoryException error)
        {
            throw new InsufficientMemoryException($"A workspace needs {bytes >> 20} MB, which can't be allocated.", error);
        }
    }

    /// <summary>Bytes that a buffer takes in the workspace.</summary>
    /// <param name="bytes">Bytes that the buffer needs.</param>
    internal static nuint Aligned(nuint bytes) =>
        (bytes + NativeBufferSource.Alignment - 1) / NativeBufferSource.Alignment * NativeBufferSource.Alignment;

    public override Tensor Allocate(TensorShape shape) => new CpuTensor(shape, this);

    public NativeBuffer Rent(nuint bytes, TensorShape shape)
    {
        nuint size = Aligned(bytes);
        _fromEnd = !_fromEnd;
        for (int i = 0; i <= _used.Count; i++)
        {
            int gap = _fromEnd ? _used.Count - i : i;
            byte* start = gap == 0 ? Start : End(_used[gap - 1]),
                end = gap == _used.Count ? Start + _memory.Bytes : (byte*)_used[gap].Pointer;
            if ((nuint)(end - start) < size)
                continue;
            Part part = new(_fromEnd ? end - size : start, size);
            _used.Insert(gap, part);
            return part;
        }

        return _pool.Rent(bytes, shape);
    }

    public void Return(NativeBuffer buffer)
    {
        if (buffer is Part)
            _used.Remove(buffer);
        else
            _pool.Return(buffer);
    }

    public override void Dispose() => _memory.Free();

    private byte* Start => (byte*)_memory.Pointer;

    private static byte* End(NativeBuffer buffer) => (byte*)buffer.Pointer + buffer.Bytes;

    private sealed class Part(void* pointer, nuint bytes) : NativeBuffer(pointer, bytes);
}
