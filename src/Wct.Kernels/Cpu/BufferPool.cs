namespace Wct.Kernels.Cpu;

/// <summary>Keeps returned buffers for the next tensor of about the same size, because the first use of fresh pages costs more than the
/// work on them.</summary>
/// <remarks>Kept and used bytes together never exceed the highest use so far. To stay below it, the pool frees the buffers that
/// were returned first.</remarks>
internal sealed class BufferPool(NativeBufferSource source) : IBufferOwner, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<NativeBuffer> _free = [];
    private nuint _used, _kept, _peak;
    private bool _disposed;

    /// <summary>Returns a buffer of at least <paramref name="bytes"/>.</summary>
    /// <param name="bytes">Bytes that are needed.</param>
    /// <param name="shape">Shape of the tensor, for the message of an exception.</param>
    /// <remarks>
    /// It takes a kept buffer that is at most a quarter larger, or allocates a new one. If kept buffers would have to be freed for a new
    /// one, it prefers a kept buffer of any size that doesn't raise the peak. So a chain of layers of different sizes needs no new memory
    /// when it runs again.
    /// </remarks>
    /// <exception cref="InsufficientMemoryException">The memory can't be allocated.</exception>
    public NativeBuffer Rent(nuint bytes, TensorShape shape)
    {
        lock (_lock)
        {
            NativeBuffer? found = Take(bytes, bytes + bytes / 4);
            if (found is null && _used + _kept + bytes > _peak && _peak > _used)
                found = Take(bytes, _peak - _used);
            _used += found?.Bytes ?? bytes;
            _peak = nuint.Max(_peak, _used);
            if (found is not null)
                return found;
            FreeSurplus();
        }

        try
        {
            return Allocate(bytes);
        }
        catch (OutOfMemoryException e)
        {
            lock (_lock)
                _used -= bytes;
            throw new InsufficientMemoryException($"A tensor of {shape} needs {bytes >> 20} MB, which can't be allocated.", e);
        }
    }

    public void Return(NativeBuffer buffer)
    {
        lock (_lock)
        {
            _used -= buffer.Bytes;
            _kept += buffer.Bytes;
            _free.Add(buffer);
            FreeSurplus();
        }
    }

    /// <summary>Frees all kept buffers, and resets the peak.</summary>
    internal void FreeCachedBuffers()
    {
        lock (_lock)
        {
            _peak = 0;
            FreeSurplus();
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _disposed = true;
        FreeCachedBuffers();
    }

    private NativeBuffer Allocate(nuint bytes)
    {
        try
        {
            return source.Allocate(bytes);
        }
        catch (OutOfMemoryException)
        {
            FreeCachedBuffers();
            return source.Allocate(bytes);
        }
    }

    // The smallest kept buffer with a size in this range; null if there is none.
    private NativeBuffer? Take(nuint min, nuint max)
    {
        int best = -1;
        for (int i = 0; i < _free.Count; i++)
        {
            nuint size = _free[i].Bytes;
            if (size >= min && size <= max && (best < 0 || size < _free[best].Bytes))
                best = i;
        }

        if (best < 0)
            return null;
        NativeBuffer found = _free[best];
        _free.RemoveAt(best);
        _kept -= found.Bytes;
        return found;
    }

    private void FreeSurplus()
    {
        nuint limit = _disposed ? 0 : _peak;
        while (_free.Count > 0 && _used + _kept > limit)
        {
            _kept -= _free[0].Bytes;
            _free[0].Free();
            _free.RemoveAt(0);
        }
    }
}
