namespace Wct.Net.Tests.Calls;

/// <summary>Reads a picture, and can hold the reading thread until the test lets it go.</summary>
internal sealed class HeldReader(PixelImage image, bool holds = true) : IPixelReader, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly ManualResetEventSlim _released = new(!holds);
    private readonly TaskCompletionSource<Thread> _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _at;

    public int Width => image.Width;

    public int Height => image.Height;

    public PixelLayout Layout => image.Layout;

    /// <summary>The thread that reads, when it has begun.</summary>
    internal Task<Thread> Reading => _reading.Task.WaitAsync(Limit);

    /// <summary>Called before the first row is read, on the thread that reads.</summary>
    internal Action? Begins { get; init; }

    public void ReadRows(Span<byte> destination)
    {
        if (_at == 0)
        {
            Begins?.Invoke();
            _reading.TrySetResult(Thread.CurrentThread);
            Assert.True(_released.Wait(Limit), "the test never let the reader go");
        }

        image.Bytes.AsSpan(_at, destination.Length).CopyTo(destination);
        _at += destination.Length;
    }

    internal void Release() => _released.Set();

    public void Dispose() => _released.Dispose();
}

/// <summary>Drops a picture.</summary>
internal sealed class NoWriter : IPixelWriter
{
    public void WriteRows(ReadOnlySpan<byte> source)
    {
    }
}
