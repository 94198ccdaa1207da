using Wct.Kernels.Gpu.Launch;

namespace Wct.Kernels.Gpu.Memory;

/// <summary>Allocates device memory, and keeps freed buffers for reuse, because drivers allocate and free slowly.</summary>
/// <remarks>
/// A chain of layers gets the same buffers each time it runs. Recordings need that, because they hold addresses. Kept buffers are freed if
/// the memory would exceed the budget or the device has no more; those that were returned first are freed first.
/// </remarks>
/// <param name="queue">The queue that allocates and frees the buffers.</param>
/// <param name="budget">Limit for the bytes in use or kept. Kept buffers are freed to stay below it.</param>
internal sealed class GpuMemory(GpuQueue queue, long budget) : IDisposable
{
    // Sizes are rounded up to multiples of it, so that small buffers of different sizes can reuse each other.
    private const long Grain = 4096;

    // All buffers, in the order of their allocation.
    private readonly List<GpuBuffer> _buffers = [];

    // The free buffers; the one returned first comes first.
    private readonly List<GpuBuffer> _free = [];
    private readonly HashSet<GpuBuffer> _used = new(ReferenceEqualityComparer.Instance);
    private long _usedBytes, _keptBytes;

    /// <summary>Peak of the bytes in use since the last <see cref="FreeCachedBuffers"/>.</summary>
    internal long Peak { get; private set; }

    /// <summary>Bytes in use or kept.</summary>
    internal long Held => _usedBytes + _keptBytes;

    /// <summary>Limit for the allocated bytes, as if other programs used the rest; null for no limit except the device's.</summary>
    internal long? Limit { get; set; }

    /// <summary>The size of a buffer for this many bytes.</summary>
    internal static long Rounded(long bytes) => checked(Math.Max(bytes, 1) + Grain - 1) / Grain * Grain;

    /// <summary>Takes a buffer that is at most a quarter larger than needed, so that memory estimates hold.</summary>
    /// <param name="bytes">Bytes that the buffer needs; rounded up to whole 4 KiB.</param>
    /// <param name="purpose">What needs the buffer; the exception's message starts with it.</param>
    /// <exception cref="InsufficientMemoryException">The device has too little memory.</exception>
    internal GpuBuffer Rent(long bytes, string purpose)
    {
        bytes = Rounded(bytes);
        try
        {
            GpuBuffer buffer = Take(bytes, bytes + bytes / 4) ?? Allocate(bytes);
            _used.Add(buffer);
            _usedBytes += buffer.Bytes;
            Peak = Math.Max(Peak, _usedBytes);
            return buffer;
        }
        catch (OutOfMemoryException error)
        {
            throw new InsufficientMemoryException($"{purpose} needs {bytes >> 20} MB of the device's memory, which can't be had.", error);
        }
    }

    /// <summary>Takes a buffer like <see cref="Rent"/>, and returns it when the loan is disposed of.</summary>
    internal GpuLoan Borrow(long bytes, string purpose) => new(this, Rent(bytes, purpose));

    /// <summary>Returns a buffer for reuse.</summary>
    internal void Return(GpuBuffer buffer)
    {
        if (!_used.Remove(buffer))
            return;
        _usedBytes -= buffer.Bytes;
        _keptBytes += buffer.Bytes;
        _free.Add(buffer);
    }

    /// <summary>Frees the kept buffers, and resets <see cref="Peak"/>.</summary>
    internal void FreeCachedBuffers()
    {
        Peak = _usedBytes;
        FreeSurplus(0);
    }

    public void Dispose()
    {
        _buffers.ForEach(queue.Free);
        _buffers.Clear();
        _free.Clear();
        _used.Clear();
    }

    private GpuBuffer Allocate(long bytes)
    {
        if (bytes > queue.LargestBuffer)
            throw new OutOfMemoryException($"The device has buffers of {queue.LargestBuffer >> 20} MB at most.");
        FreeSurplus(budget - bytes);
        try
        {
            return Ask(bytes);
        }
        catch (OutOfMemoryException)
        {
            FreeSurplus(0);
            return Ask(bytes);
        }
    }

    private GpuBuffer Ask(long bytes)
    {
        if (Held + bytes > Limit)
            throw new OutOfMemoryException($"The device's memory is limited to {Limit} bytes.");
        GpuBuffer buffer = queue.Allocate(bytes);
        _buffers.Add(buffer);
        return buffer;
    }

    // Takes the smallest free buffer within the bounds; of equal ones, the one allocated first. So the choice depends neither on the order
    // in which buffers were returned nor on buffers allocated meanwhile.
    private GpuBuffer? Take(long least, long most)
    {
        GpuBuffer? best = null;
        foreach (GpuBuffer buffer in _buffers)
        {
            if (buffer.Bytes >= least && buffer.Bytes <= most && (best is null || buffer.Bytes < best.Bytes) && !_used.Contains(buffer))
                best = buffer;
        }

        if (best is not null)
        {
            _free.RemoveAt(_free.FindIndex(buffer => ReferenceEquals(buffer, best)));
            _keptBytes -= best.Bytes;
        }

        return best;
    }

    private void FreeSurplus(long limit)
    {
        while (_free.Count > 0 && (limit <= 0 || Held > limit))
        {
            GpuBuffer oldest = _free[0];
            _free.RemoveAt(0);
            _buffers.Remove(oldest);
            _keptBytes -= oldest.Bytes;
            queue.Free(oldest);
        }
    }
}
