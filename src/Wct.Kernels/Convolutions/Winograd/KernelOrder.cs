namespace Wct.Kernels.Convolutions.Winograd;

/// <summary>Describes where a convolution's 3x3 kernels are stored in an array of weights.</summary>
/// <param name="Out">Elements from the kernels of one output channel to those of the next.</param>
/// <param name="In">Elements from the kernel of one input channel to that of the next.</param>
/// <param name="Flipped">Whether taps are read from last to first.</param>
internal readonly record struct KernelOrder(long Out, long In, bool Flipped)
{
    /// <summary>The order [O, I, 3, 3].</summary>
    /// <param name="shape">Shape of the convolution.</param>
    internal static KernelOrder Plain(ConvolutionShape shape) => new(shape.InChannels * 9L, 9, false);

    /// <summary>Reads the transposed convolution's kernels from the forward convolution's weights.</summary>
    /// <param name="transposed">Shape of the transposed convolution.</param>
    internal static KernelOrder Transposed(ConvolutionShape transposed) => new(9, transposed.OutChannels * 9L, true);
}
