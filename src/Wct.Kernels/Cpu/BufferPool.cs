namespace Wct.Kernels.Cpu;

/// <summary>Keeps returned memory for the next tensor of about the same size: fresh pages cost more than the work done on them.</summary>
/// <remarks>What it keeps and what is in use never exceed together what was once in use; the longest kept goes first.</remarks>
internal sealed class BufferPool(NativeBufferSource source) : IBufferOwner, IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<NativeBuffer> _free = [];
    private nuint _used, _kept, _peak;
    private bool _disposed;

    /// <summary>A buffer of at least <paramref name="bytes"/>.</summary>
    /// <remarks>
    /// Not more than a quarter above it, or a fresh one. But where a fresh one would have to displace kept ones, a larger one is taken if
    /// that doesn't raise the peak: a chain of layers of different sizes then finds all its memory again when it next runs.
    /// </remarks>
    /// <exception cref="InsufficientMemoryException">The memory can't be had.</exception>
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
            throw new InsufficientMemoryException($"A tensor of {shape} needs {bytes >> 20} MB, which can't be had.", e);
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

    /// <summary>Frees what is not in use, and forgets what once was.</summary>
    internal void Trim()
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
        Trim();
    }

    private NativeBuffer Allocate(nuint bytes)
    {
        try
        {
            return source.Allocate(bytes);
        }
        catch (OutOfMemoryException)
        {
            Trim();
            return source.Allocate(bytes);
        }
    }

    // The smallest of those kept whose size lies within these bounds.
    private NativeBuffer? Take(nuint least, nuint most)
    {
        int best = -1;
        for (int i = 0; i < _free.Count; i++)
        {
            nuint size = _free[i].Bytes;
            if (size >= least && size <= most && (best < 0 || size < _free[best].Bytes))
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
