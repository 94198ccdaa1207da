namespace Wct.PtxInterpreter.Execution;

/// <summary>Asynchronous copies to shared memory. They take effect when their thread waits for them, not before.</summary>
/// <remarks>Until then the destination holds NaNs, so that a missing wait is noticed.</remarks>
internal sealed unsafe class AsyncCopies(ThreadBlock block)
{
    private readonly Queue<(int Batch, ulong To, byte[] Data)>[] _pending =
        [.. Enumerable.Range(0, block.Threads).Select(_ => new Queue<(int, ulong, byte[])>())];
    private readonly int[] _batches = new int[block.Threads];

    internal void Forget()
    {
        Array.Clear(_batches);
        foreach (Queue<(int, ulong, byte[])> copies in _pending)
            copies.Clear();
    }

    /// <summary>Starts a copy. Bytes beyond those read become zero.</summary>
    internal void Begin(int thread, ulong to, ulong from, int bytes, int read)
    {
        byte[] data = new byte[bytes];
        if (read < 0 || read > bytes)
            throw block.Error($"{read} of {bytes} bytes can't be read.", thread);
        // Addresses are aligned to the full size, even if fewer bytes are read.
        if (from % (ulong)bytes != 0)
            throw block.Error($"{from:x} is no multiple of {bytes}.", thread);
        for (int i = 0; i < read; i++)
            data[i] = *block.Global(from + (ulong)i, 1, thread);
        new Span<byte>(block.Shared(to, bytes, thread), bytes).Fill(InterpretedMemory.Poison);
        _pending[thread].Enqueue((_batches[thread], to, data));
    }

    /// <summary>Makes a batch of the copies that were started since the last batch.</summary>
    internal void Commit(int thread) => _batches[thread]++;

    /// <summary>Waits until at most <paramref name="batches"/> of the latest batches are unfinished.</summary>
    internal void Wait(int thread, int batches) => Complete(thread, _batches[thread] - batches);

    /// <summary>Waits for all copies, including those without a batch.</summary>
    internal void WaitForAll(int thread) => Complete(thread, int.MaxValue);

    private void Complete(int thread, int end)
    {
        Queue<(int Batch, ulong To, byte[] Data)> copies = _pending[thread];
        while (copies.TryPeek(out (int Batch, ulong To, byte[] Data) copy) && copy.Batch < end)
        {
            copies.Dequeue();
            copy.Data.CopyTo(new Span<byte>(block.Shared(copy.To, copy.Data.Length, thread), copy.Data.Length));
        }
    }
}
