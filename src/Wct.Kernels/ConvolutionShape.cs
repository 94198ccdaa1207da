namespace Wct.Kernels;

/// <summary>Size of a convolution's weights: [OutChannels, InChannels, KernelSize, KernelSize], stride 1.</summary>
public readonly record struct ConvolutionShape
{
    /// <summary>A 1x1 or 3x3 convolution.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A channel count below 1, or a kernel size that is neither 1 nor 3.</exception>
    public ConvolutionShape(int outChannels, int inChannels, int kernelSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inChannels, 1);
        if (kernelSize is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(kernelSize), kernelSize, "The kernel size is 1 or 3.");
        (OutChannels, InChannels, KernelSize) = (outChannels, inChannels, kernelSize);
    }

    /// <summary>Channels of the result.</summary>
    public int OutChannels { get; }

    /// <summary>Channels of the input.</summary>
    public int InChannels { get; }

    /// <summary>1 or 3.</summary>
    public int KernelSize { get; }

    /// <summary>Taps per channel pair: 1 or 9.</summary>
    public int Taps => KernelSize * KernelSize;

    /// <summary>Weights in all.</summary>
    public int WeightsLength => checked(OutChannels * InChannels * Taps);

    /// <summary>Multiplications and additions for one picture of the given size (direct form).</summary>
    public long Operations(int height, int width) => 2L * WeightsLength * height * width;

    /// <inheritdoc/>
    public override string ToString() => $"{InChannels}->{OutChannels} {KernelSize}x{KernelSize}";
}
