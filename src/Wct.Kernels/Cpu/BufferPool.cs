namespace Wct.Kernels.Cpu;

/// <summary>Keeps returned memory for the next tensor of about the same size: fresh pages cost more than the work done on them.</summary>
internal sealed class BufferPool(NativeBufferSource source) : IDisposable
{
    // Enough for the maps of one network at one size; what is returned beyond that pushes out the oldest.
    private const int Capacity = 8;

    private readonly Lock _lock = new();
    private readonly List<NativeBuffer> _free = [];
    private bool _disposed;

    /// <summary>A buffer of at least <paramref name="bytes"/>, and not more than a quarter above it.</summary>
    /// <exception cref="InsufficientMemoryException">The memory can't be had.</exception>
    internal NativeBuffer Rent(nuint bytes, TensorShape shape)
    {
        lock (_lock)
        {
            int best = -1;
            for (int i = 0; i < _free.Count; i++)
            {
                nuint size = _free[i].Bytes;
                if (size >= bytes && size - bytes <= bytes / 4 && (best < 0 || size < _free[best].Bytes))
                    best = i;
            }

            if (best >= 0)
            {
                NativeBuffer found = _free[best];
                _free.RemoveAt(best);
                return found;
            }
        }

        try
        {
            return source.Allocate(bytes);
        }
        catch (OutOfMemoryException)
        {
            Trim();
        }

        try
        {
            return source.Allocate(bytes);
        }
        catch (OutOfMemoryException e)
        {
            throw new InsufficientMemoryException($"A tensor of {shape} needs {bytes >> 20} MB, which can't be had.", e);
        }
    }

    internal void Return(NativeBuffer buffer)
    {
        NativeBuffer? surplus = buffer;
        lock (_lock)
        {
            if (!_disposed)
            {
                _free.Add(buffer);
                surplus = _free.Count > Capacity ? _free[0] : null;
                if (surplus is not null)
                    _free.RemoveAt(0);
            }
        }

        surplus?.Free();
    }

    /// <summary>Frees what is not in use.</summary>
    internal void Trim()
    {
        lock (_lock)
        {
            foreach (NativeBuffer buffer in _free)
                buffer.Free();
            _free.Clear();
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _disposed = true;
        Trim();
    }
}
