using Wct.Kernels.Cpu;

namespace Wct.Kernels.Statistics;

/// <summary>How the work on a covariance is divided: by the shape alone, so that any number of threads adds in the same order.</summary>
internal readonly struct CovariancePlan
{
    private const int SegmentPixels = 4096;
    private const int MostSegments = 16;

    private readonly int _height;

    internal CovariancePlan(BlockedLayout layout)
    {
        _height = layout.Shape.Height;
        Width = Math.Max(layout.Blocks * layout.Lanes, BlockedLayout.BlockLanes);
        Segments = Math.Clamp(layout.Shape.Pixels / SegmentPixels, 1, Math.Min(MostSegments, _height));
        Bands = Width >= 128 ? 8 : Width >= 64 ? 4 : 1;
    }

    /// <summary>Channels, rounded up to whole blocks.</summary>
    internal int Width { get; }

    /// <summary>Groups of rows of the picture, each with sums of its own.</summary>
    internal int Segments { get; }

    /// <summary>Groups of rows of the matrix: tasks that share a segment's sums without touching the same ones.</summary>
    internal int Bands { get; }

    internal (int First, int End) Rows(int segment) =>
        ((int)((long)_height * segment / Segments), (int)((long)_height * (segment + 1) / Segments));

    // Whole blocks: the tiles of a band must not reach into the next one's rows.
    internal (int First, int End) BandChannels(int band)
    {
        int blocks = Width / BlockedLayout.BlockLanes;
        return (blocks * band / Bands * BlockedLayout.BlockLanes, blocks * (band + 1) / Bands * BlockedLayout.BlockLanes);
    }
}
