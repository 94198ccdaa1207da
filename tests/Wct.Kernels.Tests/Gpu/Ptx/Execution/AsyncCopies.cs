namespace Wct.Kernels.Tests.Gpu.Ptx.Execution;

/// <summary>Copies to shared memory that threads have asked for: they come when the thread waits for them, and not before.</summary>
/// <remarks>Until then their destination holds no numbers, so that who forgets to wait is found out.</remarks>
internal sealed unsafe class AsyncCopies(ThreadGroup group)
{
    private readonly Queue<(int Batch, ulong To, byte[] Data)>[] _pending =
        [.. Enumerable.Range(0, group.Threads).Select(_ => new Queue<(int, ulong, byte[])>())];
    private readonly int[] _batches = new int[group.Threads];

    internal void Forget()
    {
        Array.Clear(_batches);
        foreach (Queue<(int, ulong, byte[])> copies in _pending)
            copies.Clear();
    }

    /// <summary>Begins a copy; what is read is filled up with zeros.</summary>
    internal void Begin(int thread, ulong to, ulong from, int bytes, int read)
    {
        byte[] data = new byte[bytes];
        if (read < 0 || read > bytes)
            throw group.Error($"{read} of {bytes} bytes can't be read.", thread);
        // Addresses are aligned to the whole, whatever is read of it.
        if (from % (ulong)bytes != 0)
            throw group.Error($"{from:x} is no multiple of {bytes}.", thread);
        for (int i = 0; i < read; i++)
            data[i] = *group.Global(from + (ulong)i, 1, thread);
        new Span<byte>(group.Shared(to, bytes, thread), bytes).Fill(InterpretedMemory.Poison);
        _pending[thread].Enqueue((_batches[thread], to, data));
    }

    /// <summary>Makes a batch of what was begun since the last one.</summary>
    internal void Commit(int thread) => _batches[thread]++;

    /// <summary>Waits until no more than the last batches are under way.</summary>
    internal void Wait(int thread, int batches) => Complete(thread, _batches[thread] - batches);

    /// <summary>Waits for everything, in a batch or not.</summary>
    internal void WaitForAll(int thread) => Complete(thread, int.MaxValue);

    private void Complete(int thread, int end)
    {
        Queue<(int Batch, ulong To, byte[] Data)> copies = _pending[thread];
        while (copies.TryPeek(out (int Batch, ulong To, byte[] Data) copy) && copy.Batch < end)
        {
            copies.Dequeue();
            copy.Data.CopyTo(new Span<byte>(group.Shared(copy.To, copy.Data.Length, thread), copy.Data.Length));
        }
    }
}
