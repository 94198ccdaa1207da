namespace Wct.Kernels.Elementwise;

/// <summary>Copies channels between tensors with the same sides.</summary>
internal static partial class ChannelCopy
{
    /// <summary>Scalar reference.</summary>
    /// <param name="source">[C, pixels], planar.</param>
    /// <param name="first">First channel to copy.</param>
    /// <param name="destination">[C', pixels], planar.</param>
    /// <param name="firstDestination">Channel that receives the first one.</param>
    /// <param name="count">Number of channels.</param>
    /// <param name="pixels">Pixels per channel.</param>
    internal static void Reference(
        ReadOnlySpan<float> source, int first, Span<float> destination, int firstDestination, int count, int pixels)
    {
        for (int i = 0; i < count * pixels; i++)
            destination[firstDestination * pixels + i] = source[first * pixels + i];
    }
}
