namespace Wct.Kernels.Cpu;

/// <summary>A tensor in native memory, in the blocked layout.</summary>
internal sealed unsafe class CpuTensor : Tensor
{
    private readonly IBufferOwner _owner;
    private NativeBuffer? _buffer;

    internal CpuTensor(TensorShape shape, IBufferOwner owner)
        : base(shape)
    {
        Layout = new BlockedLayout(shape);
        _owner = owner;
        _buffer = owner.Rent(checked((nuint)Layout.Length * sizeof(float)), shape);
    }

    internal BlockedLayout Layout { get; }

    internal float* Data => (float*)(_buffer ?? throw new ObjectDisposedException(nameof(Tensor))).Pointer;

    /// <summary>Pointer to the first lane of pixel (y, x).</summary>
    /// <param name="block">Block of channels.</param>
    /// <param name="y">Row, from -1 to Height; -1 and Height are in the border.</param>
    /// <param name="x">Column, from -1 to Width; -1 and Width are in the border.</param>
    internal float* At(int block, int y, int x) => Data + Layout.Offset(block, y, x);

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
            _owner.Return(buffer);
    }
}
