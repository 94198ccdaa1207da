using System.Runtime.InteropServices;
using Wct.Kernels.Gpu.Memory;

namespace Wct.PtxInterpreter.Execution;

/// <summary>A device's memory, which checks the bounds of its buffers. New and freed memory holds NaNs.</summary>
internal sealed unsafe class InterpretedMemory : IDisposable
{
    internal const byte Poison = 0xFF;

    // The alignment of buffers, and the gap between them, which keeps the end of one from being the start of the next.
    private const int Alignment = 256, Gap = 4096;

    private readonly SortedList<ulong, GpuBuffer> _pieces = [];

    internal GpuBuffer Allocate(long bytes)
    {
        byte* start = (byte*)NativeMemory.AlignedAlloc((nuint)(bytes + Gap), Alignment);
        NativeMemory.Fill(start, (nuint)bytes, Poison);
        GpuBuffer buffer = new((nint)start, bytes);
        _pieces.Add((ulong)start, buffer);
        return buffer;
    }

    internal void Free(GpuBuffer buffer)
    {
        if (!_pieces.Remove((ulong)buffer.Handle))
            throw new PtxException($"Memory at {buffer.Handle:x} is freed that is not in use.");
        NativeMemory.Fill((void*)buffer.Handle, (nuint)buffer.Bytes, Poison);
        NativeMemory.AlignedFree((void*)buffer.Handle);
    }

    /// <summary>Finds the buffer that contains an address; null if there is none.</summary>
    internal GpuBuffer? Find(ulong address)
    {
        int low = 0, high = _pieces.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_pieces.GetKeyAtIndex(middle) <= address)
                low = middle + 1;
            else
                high = middle;
        }

        GpuBuffer? below = low == 0 ? null : _pieces.GetValueAtIndex(low - 1);
        return below is not null && address - (ulong)below.Handle < (ulong)below.Bytes ? below : null;
    }

    public void Dispose()
    {
        foreach (GpuBuffer buffer in _pieces.Values.ToArray())
            Free(buffer);
    }
}
