using System.Collections.Concurrent;
using Wct.Imaging;

namespace Wct.Training.Data;

/// <summary>An endless row of random crops, cut by background workers ahead of their use.</summary>
/// <remarks>
/// Crop n depends on the seed and on n: not on workers, their timing, or where the row was entered. Every picture comes once per round,
/// each round in an order of its own. A broken file is reported once, and the round's next picture takes its place.
/// </remarks>
public sealed class CropStream : IDisposable
{
    // Decoded pictures are kept as long as they take less than this: decoding costs as much as a few layers.
    private const long CacheBytes = 1L << 30;

    private readonly IReadOnlyList<string> _files;
    private readonly int _side, _crop, _ahead;
    private readonly long _seed;
    private readonly Action<string> _report;
    private readonly Action<string>? _damage;
    private readonly ConcurrentDictionary<int, PixelImage?> _cache = new();
    private readonly Queue<Task<PixelImage>> _queue = new();
    private readonly CancellationTokenSource _end = new();
    private (long Round, int[] Order) _order = (-1, []);
    private long _cached, _next;

    /// <param name="files">The pictures.</param>
    /// <param name="side">Pixels that each picture's shorter side is resized to; at least <paramref name="crop"/>.</param>
    /// <param name="crop">Sides of the crops.</param>
    /// <param name="first">The crop to begin with: what <see cref="Position"/> was.</param>
    /// <param name="ahead">Crops to be cut ahead.</param>
    /// <param name="report">Told of each broken file, once, by any thread.</param>
    /// <param name="damage">Told once, by any thread, what is wrong with each file that can be read although it is damaged: its path and the
    /// problem. Null: nobody is told.</param>
    public CropStream(
        IReadOnlyList<string> files, int side, int crop, long seed, long first, int ahead, Action<string> report, Action<string>? damage = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, crop);
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        (_files, _side, _crop, _seed, _ahead, _report) = (files, side, crop, seed, ahead, report);
        (_next, Position) = (first, first);
        _damage = damage is null ? null : OncePerText.Of(damage);
    }

    /// <summary>The crop that comes next.</summary>
    public long Position { get; private set; }

    /// <summary>The next crop.</summary>
    /// <param name="cancellation">Ends the waiting for it.</param>
    /// <exception cref="InvalidDataException">Not one of the files can be read.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public PixelImage Next(CancellationToken cancellation = default)
    {
        while (_queue.Count < _ahead)
        {
            long index = _next++;
            int[] order = Order(index / _files.Count);
            _queue.Enqueue(Task.Run(() => Cut(index, order), _end.Token));
        }

        Task.WaitAny([_queue.Peek()], cancellation);
        PixelImage crop = _queue.Dequeue().GetAwaiter().GetResult();
        Position++;
        return crop;
    }

    /// <summary>Waits for the workers to end what they have begun.</summary>
    public void Dispose()
    {
        _end.Cancel();
        foreach (Task<PixelImage> task in _queue)
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        _end.Dispose();
    }

    private PixelImage Cut(long index, int[] order)
    {
        for (int attempt = 0; attempt < order.Length; attempt++)
        {
            _end.Token.ThrowIfCancellationRequested();
            int file = order[(index % order.Length + attempt) % order.Length];
            if (Picture(file) is not { } picture)
                continue;
            Random random = RandomOrder.For(_seed, index);
            int left = random.Next(picture.Width - _crop + 1), top = random.Next(picture.Height - _crop + 1);
            return Crop.Cut(picture, left, top, _crop, random.Next(2) == 1);
        }

        throw new InvalidDataException($"None of {_files.Count} pictures can be read.");
    }

    private PixelImage? Picture(int file)
    {
        if (_cache.TryGetValue(file, out PixelImage? known))
            return known;
        PixelImage? picture = null;
        try
        {
            picture = Crop.Read(_files[file], _side, _damage);
        }
        catch (Exception error) when (Crop.IsUnreadable(error))
        {
            // Two workers may meet the same file: one of them reports it.
            if (_cache.TryAdd(file, null))
                _report(error.Message);
            return null;
        }

        if (Interlocked.Add(ref _cached, picture.Bytes.Length) <= CacheBytes)
            _cache.TryAdd(file, picture);
        return picture;
    }

    private int[] Order(long round)
    {
        if (_order.Round != round)
            _order = (round, RandomOrder.Of(_files.Count, _seed, round));
        return _order.Order;
    }
}
