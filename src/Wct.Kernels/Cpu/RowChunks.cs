namespace Wct.Kernels.Cpu;

/// <summary>Division of a map's rows into the tasks of a parallel section.</summary>
internal readonly struct RowChunks
{
    // Half of a core's second-level cache: what a task reads again and again should stay there.
    private const long CacheBytes = 512 << 10;

    private readonly int _height;
    private readonly int _rows;

    // For work that goes over its rows once: enough that what tasks share at their edges is little.
    private const int StreamedRows = 16;

    /// <summary>For work that goes over its rows again and again.</summary>
    /// <param name="height">Rows in all.</param>
    /// <param name="rowBytes">Bytes that a task touches per row.</param>
    /// <param name="threads">Threads that share the work.</param>
    internal RowChunks(int height, long rowBytes, int threads)
        : this(height, threads, (int)Math.Clamp(CacheBytes / rowBytes, 1, height))
    {
    }

    private RowChunks(int height, int threads, int mostRows)
    {
        // Two tasks a thread at least, so that a thread that was held up costs half its share at most.
        int balanced = threads == 1 ? height : (height + 2 * threads - 1) / (2 * threads);
        _rows = Math.Min(mostRows, balanced);
        _height = height;
        Count = (height + _rows - 1) / _rows;
    }

    /// <summary>For work that goes over its rows once.</summary>
    internal static RowChunks Streamed(int height, int threads) => new(height, threads, StreamedRows);

    /// <summary>Tasks.</summary>
    internal int Count { get; }

    /// <summary>First row of a task and the row after its last.</summary>
    internal (int First, int End) this[int task] => (task * _rows, Math.Min(_height, (task + 1) * _rows));
}
