namespace Wct.Kernels.Convolutions.Winograd;

/// <summary>Where a convolution's kernels lie in an array of weights.</summary>
/// <param name="Out">Elements from one output channel's to the next one's.</param>
/// <param name="In">Elements from one input channel's to the next one's.</param>
/// <param name="Flipped">Whether the taps are read from the last to the first.</param>
internal readonly record struct KernelOrder(long Out, long In, bool Flipped)
{
    /// <summary>[O, I, 3, 3].</summary>
    internal static KernelOrder Plain(ConvolutionShape shape) => new(shape.InChannels * 9L, 9, false);

    /// <summary>The transposed convolution's kernels in the forward one's array.</summary>
    internal static KernelOrder Transposed(ConvolutionShape transposed) => new(9, transposed.OutChannels * 9L, true);
}
