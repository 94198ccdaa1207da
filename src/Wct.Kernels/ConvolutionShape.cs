namespace Wct.Kernels;

/// <summary>Size of a convolution's weights: [OutChannels, InChannels, KernelSize, KernelSize], stride 1.</summary>
public readonly record struct ConvolutionShape
{
    /// <summary>The shape of a 1x1 or 3x3 convolution.</summary>
    /// <param name="outChannels">Channels of the output, at least 1.</param>
    /// <param name="inChannels">Channels of the input, at least 1.</param>
    /// <param name="kernelSize">1 or 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">A channel count is below 1, or the kernel size is neither 1 nor 3.</exception>
    public ConvolutionShape(int outChannels, int inChannels, int kernelSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inChannels, 1);
        if (kernelSize is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(kernelSize), kernelSize, "The kernel size is 1 or 3.");
        (OutChannels, InChannels, KernelSize) = (outChannels, inChannels, kernelSize);
    }

    /// <summary>Channels of the output.</summary>
    public int OutChannels { get; }

    /// <summary>Channels of the input.</summary>
    public int InChannels { get; }

    /// <summary>Side of the kernel: 1 or 3.</summary>
    public int KernelSize { get; }

    /// <summary>Kernel taps per pair of input and output channel: 1 or 9.</summary>
    public int Taps => KernelSize * KernelSize;

    /// <summary>Number of weights.</summary>
    public int WeightsLength => checked(OutChannels * InChannels * Taps);

    /// <summary>Multiplications and additions of a direct convolution of one picture.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public long Operations(int height, int width) => 2L * WeightsLength * height * width;

    /// <inheritdoc/>
    public override string ToString() => $"{InChannels}->{OutChannels} {KernelSize}x{KernelSize}";
}
