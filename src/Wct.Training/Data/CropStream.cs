using System.Collections.Concurrent;
using Wct.Imaging;

namespace Wct.Training.Data;

/// <summary>An endless sequence of random crops. Background tasks prepare the next ones.</summary>
/// <remarks>
/// A crop depends only on the seed and on the crop's number. It doesn't depend on the timing of the tasks, or on the crop that the stream
/// started with. Each picture is used once per epoch, and each epoch has its own order. An unreadable file is reported once, and the
/// epoch's next picture replaces it.
/// </remarks>
public sealed class CropStream : ICrops
{
    // Limit of the cache of decoded pictures, in bytes. It saves time, because decoding a picture takes as long as a few layers.
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

    /// <summary>Starts a stream.</summary>
    /// <param name="files">Paths of the pictures.</param>
    /// <param name="side">Pictures are resized so that the shorter side has this many pixels; at least <paramref name="crop"/>.</param>
    /// <param name="crop">Width and height of the crops in pixels.</param>
    /// <param name="seed">Seed of the random crops.</param>
    /// <param name="first">The number of the first crop; to continue a stream, its <see cref="Position"/>.</param>
    /// <param name="ahead">The number of crops to prepare ahead, at least 1.</param>
    /// <param name="report">Called once for each unreadable file, on any thread.</param>
    /// <param name="damage">Called once for each problem of a damaged file that can be read, on any thread: path and problem. May be
    /// null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="ArgumentException">There are no files.</exception>
    public CropStream(
        IReadOnlyList<string> files, int side, int crop, long seed, long first, int ahead, Action<string> report,
        Action<string>? damage = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Count == 0)
            throw new ArgumentException("There are no picture files.", nameof(files));
        ArgumentOutOfRangeException.ThrowIfLessThan(side, crop);
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        (_files, _side, _crop, _seed, _ahead, _report) = (files, side, crop, seed, ahead, report);
        (_next, Position) = (first, first);
        _damage = damage is null ? null : OncePerText.Of(damage);
    }

    /// <summary>The number of the next crop.</summary>
    public long Position { get; private set; }

    /// <summary>Waits for the next crop.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The crop, RGB.</returns>
    /// <exception cref="InvalidDataException">No file can be read.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public PixelImage Next(CancellationToken cancellationToken = default)
    {
        while (_queue.Count < _ahead)
        {
            long index = _next++;
            int[] order = Order(index / _files.Count);
            _queue.Enqueue(Task.Run(() => Cut(index, order), _end.Token));
        }

        Task.WaitAny([_queue.Peek()], cancellationToken);
        PixelImage crop = _queue.Dequeue().GetAwaiter().GetResult();
        Position++;
        return crop;
    }

    /// <summary>Waits until the running background tasks have ended.</summary>
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
            // Two tasks may read the same file; one of them reports it.
            if (_cache.TryAdd(file, null))
                _report(error.Message);
            return null;
        }

        bool fits = Interlocked.Add(ref _cached, picture.Bytes.Length) <= CacheBytes;
        if (!fits || !_cache.TryAdd(file, picture))
            Interlocked.Add(ref _cached, -picture.Bytes.Length);
        return picture;
    }

    private int[] Order(long round)
    {
        if (_order.Round != round)
            _order = (round, RandomOrder.Of(_files.Count, _seed, round));
        return _order.Order;
    }
}
