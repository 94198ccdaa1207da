namespace Wct.Imaging;

/// <summary>Choices for writing a JPEG file.</summary>
public sealed record JpegWriteOptions : ImageWriteOptions
{
    /// <summary>Quality from 1 (smallest file) to 100 (best), on the scale of the Independent JPEG Group.</summary>
    /// <remarks>From 90 up, all components have full resolution; below, color has half of it in each direction.</remarks>
    public int Quality { get; init; } = 92;
}
