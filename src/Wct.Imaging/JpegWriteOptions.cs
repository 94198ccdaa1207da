namespace Wct.Imaging;

/// <summary>Options for writing a JPEG file.</summary>
public sealed record JpegWriteOptions : ImageWriteOptions
{
    /// <summary>Quality from 1 (smallest file) to 100 (best), on the scale of the Independent JPEG Group.</summary>
    /// <remarks>From 90 up, chroma has full resolution (4:4:4). Below 90, it has half the resolution in each direction (4:2:0).</remarks>
    public int Quality { get; init; } = 92;
}
