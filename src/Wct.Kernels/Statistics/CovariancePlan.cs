using Wct.Kernels.Cpu;

namespace Wct.Kernels.Statistics;

/// <summary>How the work on a covariance is divided: by the region's shape alone, so that any number of threads adds in the same order.</summary>
internal readonly struct CovariancePlan
{
    /// <summary>Pixels that are centered and widened at a time: a strip's two halves stay in the first-level cache, and sums are rarely fetched.</summary>
    internal const int PanelPixels = 128;

    /// <summary>Rows of the matrix that a panel is multiplied for at a time: their strips stay in the second-level cache.</summary>
    internal const int PanelRows = 64;

    private const int SegmentPixels = 4096;
    private const int MostSegments = 16;
    private const int EnoughSegments = 8;

    internal CovariancePlan(BlockedLayout layout, Region region)
    {
        Region = region;
        Width = Math.Max(layout.Blocks * layout.Lanes, BlockedLayout.BlockLanes);
        Segments = (int)Math.Clamp((long)region.Height * region.Width / SegmentPixels, 1, Math.Min(MostSegments, region.Height));
        Bands = Segments >= EnoughSegments ? 1 : Width >= 128 ? 8 : Width >= 64 ? 4 : 1;
    }

    /// <summary>The pixels that are measured.</summary>
    internal Region Region { get; }

    /// <summary>Channels, rounded up to whole blocks.</summary>
    internal int Width { get; }

    /// <summary>Groups of rows of the region, each with sums of its own.</summary>
    internal int Segments { get; }

    /// <summary>Groups of rows of the matrix: tasks that share a segment's sums without touching the same ones.</summary>
    /// <remarks>One where the segments are enough for many threads, since every band centers its pixels itself.</remarks>
    internal int Bands { get; }

    /// <summary>A panel of centered pixels: [Width / 16, PanelPixels, 16].</summary>
    internal int PanelLength => PanelPixels * Width;

    /// <summary>A segment's products: [Width, Width].</summary>
    internal int Square => checked(Width * Width);

    /// <summary>The center, then all segments' sums, then all their products.</summary>
    internal long SumsLength => Width + (long)Segments * (Width + Square);

    /// <summary>What a band needs for itself: a panel, and sums.</summary>
    internal int BandLength => PanelLength + Width;

    /// <summary>Rows of the map.</summary>
    internal (int First, int End) Rows(int segment) => (
        Region.Y + (int)((long)Region.Height * segment / Segments), Region.Y + (int)((long)Region.Height * (segment + 1) / Segments));

    // Whole blocks: the tiles of a band must not reach into the next one's rows.
    internal (int First, int End) BandChannels(int band)
    {
        int blocks = Width / BlockedLayout.BlockLanes;
        return (blocks * band / Bands * BlockedLayout.BlockLanes, blocks * (band + 1) / Bands * BlockedLayout.BlockLanes);
    }
}
