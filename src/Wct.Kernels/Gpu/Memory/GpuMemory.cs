using Wct.Kernels.Gpu.Launch;

namespace Wct.Kernels.Gpu.Memory;

/// <summary>A device's memory, kept for the next one who asks: drivers take long to give and to take back.</summary>
/// <remarks>
/// A chain of layers finds all its memory again when it next runs, each layer the very piece that it had: the driver's recordings of it hold addresses.
/// What is kept goes, the oldest first, before all together exceeds the budget, and when the device has no more.
/// </remarks>
/// <param name="budget">Bytes in use and kept that are no burden to others on the device.</param>
internal sealed class GpuMemory(GpuQueue queue, long budget) : IDisposable
{
    // What is smaller is rounded up to it, so that weights and statistics of all sizes find each other's pieces.
    private const long Grain = 4096;

    // All, in the order in which they were allocated.
    private readonly List<GpuBuffer> _pieces = [];

    // The one that was given back first comes first.
    private readonly List<GpuBuffer> _free = [];
    private readonly HashSet<GpuBuffer> _used = new(ReferenceEqualityComparer.Instance);
    private long _usedBytes, _keptBytes;

    /// <summary>The most bytes in use at a time since the last <see cref="Trim"/>.</summary>
    internal long Peak { get; private set; }

    /// <summary>Bytes in use and kept.</summary>
    internal long Held => _usedBytes + _keptBytes;

    /// <summary>Bytes that it takes of the device at most, as if others had the rest; null for what the device gives.</summary>
    internal long? Limit { get; set; }

    /// <summary>What a piece of so many bytes takes.</summary>
    internal static long Rounded(long bytes) => checked(Math.Max(bytes, 1) + Grain - 1) / Grain * Grain;

    /// <summary>A piece of at least so many bytes, not more than a quarter above it: who is told what things take must be able to rely on it.</summary>
    /// <exception cref="InsufficientMemoryException">The memory can't be had; the message names it.</exception>
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

    /// <summary>As <see cref="Rent"/>, for the length of an operation.</summary>
    internal GpuLoan Borrow(long bytes, string purpose) => new(this, Rent(bytes, purpose));

    internal void Return(GpuBuffer buffer)
    {
        if (!_used.Remove(buffer))
            return;
        _usedBytes -= buffer.Bytes;
        _keptBytes += buffer.Bytes;
        _free.Add(buffer);
    }

    /// <summary>Frees what is not in use, and forgets what once was.</summary>
    internal void Trim()
    {
        Peak = _usedBytes;
        FreeSurplus(0);
    }

    public void Dispose()
    {
        _pieces.ForEach(queue.Free);
        _pieces.Clear();
        _free.Clear();
        _used.Clear();
    }

    private GpuBuffer Allocate(long bytes)
    {
        if (bytes > queue.LargestBuffer)
            throw new OutOfMemoryException($"The device gives pieces of {queue.LargestBuffer >> 20} MB at most.");
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
        _pieces.Add(buffer);
        return buffer;
    }

    // The smallest of those kept whose size lies within these bounds, and of several the one allocated first: neither the order in which they came back
    // nor pieces that were added meanwhile make it another one.
    private GpuBuffer? Take(long least, long most)
    {
        GpuBuffer? best = null;
        foreach (GpuBuffer buffer in _pieces)
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
            _pieces.Remove(oldest);
            _keptBytes -= oldest.Bytes;
            queue.Free(oldest);
        }
    }
}
