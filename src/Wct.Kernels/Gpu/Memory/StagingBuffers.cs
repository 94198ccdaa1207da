using Wct.Kernels.Gpu.Launch;

namespace Wct.Kernels.Gpu.Memory;

/// <summary>The way between spans of the host and the device: through pieces of pinned memory by turns, so that copying and transfer overlap.</summary>
internal sealed unsafe class StagingBuffers(GpuQueue queue) : IDisposable
{
    private const int PieceBytes = 2 << 20, Pieces = 2;

    private readonly PinnedMemory?[] _pieces = new PinnedMemory?[Pieces];
    private readonly nint[] _marks = new nint[Pieces];
    private int _next;

    /// <summary>Enqueues a copy; the source is free again on return.</summary>
    internal void Upload(ReadOnlySpan<byte> source, GpuBuffer destination, long offset = 0)
    {
        while (source.Length > 0)
        {
            int bytes = Math.Min(PieceBytes, source.Length);
            PinnedMemory piece = Take(out int number);
            source[..bytes].CopyTo(new Span<byte>((void*)piece.Pointer, bytes));
            _marks[number] = queue.CopyIn(piece, destination, offset, bytes);
            source = source[bytes..];
            offset += bytes;
        }
    }

    /// <summary>Copies when all that was enqueued before is done.</summary>
    internal void Download(GpuBuffer source, Span<byte> destination, long offset = 0)
    {
        int piece = Enqueue(0, destination.Length);
        for (int at = 0; at < destination.Length; at += PieceBytes)
        {
            // The next piece is under way while this one is copied.
            int next = at + PieceBytes < destination.Length ? Enqueue(at + PieceBytes, destination.Length) : -1;
            Wait(piece);
            int bytes = Math.Min(PieceBytes, destination.Length - at);
            new ReadOnlySpan<byte>((void*)_pieces[piece]!.Pointer, bytes).CopyTo(destination[at..]);
            piece = next;
        }

        int Enqueue(int at, int length)
        {
            PinnedMemory memory = Take(out int number);
            _marks[number] = queue.CopyOut(source, offset + at, memory, Math.Min(PieceBytes, length - at));
            return number;
        }
    }

    public void Dispose()
    {
        for (int i = 0; i < Pieces; i++)
        {
            Wait(i);
            if (_pieces[i] is { } piece)
                queue.Free(piece);
        }
    }

    private PinnedMemory Take(out int number)
    {
        number = _next;
        _next = (_next + 1) % Pieces;
        Wait(number);
        return _pieces[number] ??= queue.AllocatePinned(PieceBytes);
    }

    private void Wait(int piece)
    {
        nint mark = _marks[piece];
        _marks[piece] = 0;
        queue.Wait(mark);
    }
}
