namespace Wct.Net.Models;

/// <summary>How a network's numbers stand for colors: RGB in this order, with samples in 0..1 outside of the network.</summary>
public sealed record NetworkConventions
{
    /// <summary>From a picture's samples in 0..1 to the network's input.</summary>
    public SampleScale Input { get; init; } = SampleScale.Identity;

    /// <summary>From the network's output to samples, which are then clamped to 0..1.</summary>
    public SampleScale Output { get; init; } = SampleScale.Identity;
}
