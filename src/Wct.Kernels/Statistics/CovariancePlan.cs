using Wct.Kernels.Cpu;

namespace Wct.Kernels.Statistics;

/// <summary>Divides the work on a covariance. The plan depends only on the region's shape, so that the order of additions is the same for
/// any number of threads.</summary>
internal readonly struct CovariancePlan
{
    /// <summary>Pixels per panel, which are centered and converted to double together. Two strips of a panel fit into the L1 cache, and
    /// sums are loaded rarely.</summary>
    internal const int PanelPixels = 128;

    /// <summary>Rows of the matrix per pass over a panel, so that their strips stay in the L2 cache.</summary>
    internal const int PanelRows = 64;

    private const int SegmentPixels = 4096;
    private const int MaxSegments = 16;
    private const int EnoughSegments = 8;

    internal CovariancePlan(BlockedLayout layout, Region region)
    {
        Region = region;
        Width = Math.Max(layout.Blocks * layout.Lanes, BlockedLayout.BlockLanes);
        Segments = (int)Math.Clamp((long)region.Height * region.Width / SegmentPixels, 1, Math.Min(MaxSegments, region.Height));
        Bands = Segments >= EnoughSegments ? 1 : Width >= 128 ? 8 : Width >= 64 ? 4 : 1;
    }

    /// <summary>The region.</summary>
    internal Region Region { get; }

    /// <summary>Number of channels, rounded up to whole blocks.</summary>
    internal int Width { get; }

    /// <summary>Number of segments: groups of the region's rows with their own sums.</summary>
    internal int Segments { get; }

    /// <summary>Number of bands: groups of the matrix's rows. Tasks on different bands of a segment write to different sums.</summary>
    /// <remarks>1 if there are enough segments for many threads, because each band centers its pixels again.</remarks>
    internal int Bands { get; }

    /// <summary>Elements of a panel of centered pixels: [Width / 16, PanelPixels, 16].</summary>
    internal int PanelLength => PanelPixels * Width;

    /// <summary>Elements of a segment's products: [Width, Width].</summary>
    internal int Square => checked(Width * Width);

    /// <summary>Elements of the sums: the center, then the sums of all segments, then their products.</summary>
    internal long SumsLength => Width + (long)Segments * (Width + Square);

    /// <summary>Elements of a band's temporary memory: a panel and sums.</summary>
    internal int BandLength => PanelLength + Width;

    /// <summary>First row of a segment in the map, and the row after its last one.</summary>
    /// <param name="segment">Index of the segment.</param>
    internal (int First, int End) Rows(int segment) => (
        Region.Y + (int)((long)Region.Height * segment / Segments), Region.Y + (int)((long)Region.Height * (segment + 1) / Segments));

    // A band has whole blocks of channels, because its tiles must not reach into the rows of the next band.
    internal (int First, int End) BandChannels(int band)
    {
        int blocks = Width / BlockedLayout.BlockLanes;
        return (blocks * band / Bands * BlockedLayout.BlockLanes, blocks * (band + 1) / Bands * BlockedLayout.BlockLanes);
    }
}
