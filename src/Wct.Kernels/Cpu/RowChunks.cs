namespace Wct.Kernels.Cpu;

/// <summary>Divides a map's rows into the tasks of a parallel section.</summary>
internal readonly struct RowChunks
{
    // Half of a core's L2 cache: data that a task reads repeatedly should stay there.
    private const long CacheBytes = 512 << 10;

    private readonly int _height;
    private readonly int _rows;

    // Rows per task for work that reads its rows once: enough that the overlap of neighboring tasks is small.
    private const int StreamedRows = 16;

    /// <summary>Divides work that reads its rows repeatedly.</summary>
    /// <param name="height">Number of rows.</param>
    /// <param name="rowBytes">Bytes that a task touches per row.</param>
    /// <param name="threads">Threads that share the work.</param>
    internal RowChunks(int height, long rowBytes, int threads)
        : this(height, threads, (int)Math.Clamp(CacheBytes / rowBytes, 1, height))
    {
    }

    private RowChunks(int height, int threads, int maxRows)
    {
        // At least two tasks per thread, so that a delayed thread costs at most half its share.
        int balanced = threads == 1 ? height : (height + 2 * threads - 1) / (2 * threads);
        _rows = Math.Min(maxRows, balanced);
        _height = height;
        Count = (height + _rows - 1) / _rows;
    }

    /// <summary>Divides work that reads its rows once.</summary>
    /// <param name="height">Number of rows.</param>
    /// <param name="threads">Threads that share the work.</param>
    internal static RowChunks Streamed(int height, int threads) => new(height, threads, StreamedRows);

    /// <summary>Number of tasks.</summary>
    internal int Count { get; }

    /// <summary>First row of a task, and the row after its last one.</summary>
    /// <param name="task">Index of the task.</param>
    internal (int First, int End) this[int task] => (task * _rows, Math.Min(_height, (task + 1) * _rows));
}
