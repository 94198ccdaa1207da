using Wct.Kernels.Gpu.Launch;

namespace Wct.Kernels.Gpu.Memory;

/// <summary>Copies between spans of the host and the device through two buffers of pinned memory, so that copying and transfer
/// overlap.</summary>
internal sealed unsafe class StagingBuffers(GpuQueue queue) : IDisposable
{
    private const int BufferBytes = 2 << 20, Buffers = 2;

    private readonly PinnedMemory?[] _buffers = new PinnedMemory?[Buffers];
    private readonly nint[] _events = new nint[Buffers];
    private int _next;

    /// <summary>Enqueues a copy to the device. The source may be changed after the call.</summary>
    internal void Upload(ReadOnlySpan<byte> source, GpuBuffer destination, long offset = 0)
    {
        while (source.Length > 0)
        {
            int bytes = Math.Min(BufferBytes, source.Length);
            PinnedMemory buffer = Take(out int number);
            source[..bytes].CopyTo(new Span<byte>((void*)buffer.Pointer, bytes));
            _events[number] = queue.CopyIn(buffer, destination, offset, bytes);
            source = source[bytes..];
            offset += bytes;
        }
    }

    /// <summary>Copies to the host after everything that is already enqueued, and waits for the copy.</summary>
    internal void Download(GpuBuffer source, Span<byte> destination, long offset = 0)
    {
        int current = Enqueue(0, destination.Length);
        for (int at = 0; at < destination.Length; at += BufferBytes)
        {
            // The next part is transferred while this one is copied.
            int next = at + BufferBytes < destination.Length ? Enqueue(at + BufferBytes, destination.Length) : -1;
            Wait(current);
            int bytes = Math.Min(BufferBytes, destination.Length - at);
            new ReadOnlySpan<byte>((void*)_buffers[current]!.Pointer, bytes).CopyTo(destination[at..]);
            current = next;
        }

        int Enqueue(int at, int length)
        {
            PinnedMemory memory = Take(out int number);
            _events[number] = queue.CopyOut(source, offset + at, memory, Math.Min(BufferBytes, length - at));
            return number;
        }
    }

    public void Dispose()
    {
        for (int i = 0; i < Buffers; i++)
        {
            Wait(i);
            if (_buffers[i] is { } buffer)
                queue.Free(buffer);
        }
    }

    private PinnedMemory Take(out int number)
    {
        number = _next;
        _next = (_next + 1) % Buffers;
        Wait(number);
        return _buffers[number] ??= queue.AllocatePinned(BufferBytes);
    }

    private void Wait(int number)
    {
        nint deviceEvent = _events[number];
        _events[number] = 0;
        queue.WaitFor(deviceEvent);
    }
}
