using Wct.Kernels.Cpu;

namespace Wct.Kernels.Tests.Contract;

/// <summary>Counts the allocated buffers and their bytes. Several threads may allocate.</summary>
internal sealed unsafe class CountingSource : NativeBufferSource
{
    private long _bytes, _held;
    private int _count;

    /// <summary>Number of allocated buffers.</summary>
    internal int Count => _count;

    /// <summary>Bytes of all allocated buffers, including freed ones.</summary>
    internal long Bytes => _bytes;

    /// <summary>Bytes of the buffers that are not freed.</summary>
    internal long Held => _held;

    internal override NativeBuffer Allocate(nuint bytes)
    {
        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _bytes, (long)bytes);
        Interlocked.Add(ref _held, (long)bytes);
        return new CountedBuffer(this, base.Allocate(bytes));
    }

    private sealed class CountedBuffer(CountingSource source, NativeBuffer inner) : NativeBuffer(inner.Pointer, inner.Bytes)
    {
        internal override void Free()
        {
            Interlocked.Add(ref source._held, -(long)Bytes);
            inner.Free();
        }
    }
}
