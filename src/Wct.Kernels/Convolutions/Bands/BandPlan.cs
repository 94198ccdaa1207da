using Wct.Kernels.Cpu;

namespace Wct.Kernels.Convolutions.Bands;

/// <summary>Divides a convolution's outputs into rectangles. A task copies the pixels that a rectangle reads into a buffer, with their
/// padding, and then computes it from there.</summary>
internal readonly struct BandPlan
{
    // Columns per band: multiples of all register tiles.
    private const int WantedColumns = 84, FewColumns = 42;

    // Half of a core's L2 cache. The other half is for weights and outputs.
    private const long CacheBytes = 512 << 10;

    // With fewer rows per band, the rows that neighboring bands share would be a large part of the copies.
    private const int EnoughRows = 8;

    // Tasks per thread, so that a delayed thread costs little.
    private const int TasksPerThread = 4;

    private readonly int _height, _width, _rows, _columns, _bandsPerRow;

    /// <summary>Plans a layer.</summary>
    /// <param name="input">Layout of the input.</param>
    /// <param name="grid">Pixels that the outputs read.</param>
    /// <param name="height">Rows of outputs.</param>
    /// <param name="width">Columns of outputs.</param>
    /// <param name="threads">Threads that share the work.</param>
    internal BandPlan(BlockedLayout input, TapGrid grid, int height, int width, int threads)
    {
        (_height, _width, Grid) = (height, width, grid);
        PixelLength = input.Blocks * input.Lanes * grid.Phases;
        _columns = Math.Min(width, FittingRows(WantedColumns) >= EnoughRows ? WantedColumns : FewColumns);
        _bandsPerRow = (width + _columns - 1) / _columns;
        int rows = (int)Math.Clamp(FittingRows(_columns), 1, height);
        int tasks = (TasksPerThread * threads + _bandsPerRow - 1) / _bandsPerRow;
        _rows = threads == 1 ? rows : Math.Min(rows, (height + tasks - 1) / tasks);
        Count = checked(_bandsPerRow * ((height + _rows - 1) / _rows));
    }

    /// <summary>Number of bands.</summary>
    internal int Count { get; }

    internal TapGrid Grid { get; }

    /// <summary>Elements of the largest band's buffer. A plan for one thread has the largest bands.</summary>
    internal long BufferLength => (_rows + Grid.HaloRows) * (long)(_columns + Grid.HaloColumns) * PixelLength;

    // Elements per output pixel: all channels, in all phases.
    private int PixelLength { get; }

    /// <summary>Outputs of a band.</summary>
    /// <param name="band">Index of the band.</param>
    internal Region this[int band]
    {
        get
        {
            int y = band / _bandsPerRow * _rows, x = band % _bandsPerRow * _columns;
            return new Region(y, x, Math.Min(_rows, _height - y), Math.Min(_columns, _width - x));
        }
    }

    private long FittingRows(int columns) =>
        CacheBytes / sizeof(float) / ((Math.Min(columns, _width) + Grid.HaloColumns) * (long)PixelLength) - Grid.HaloRows;
}
