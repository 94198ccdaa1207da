namespace Wct.Kernels;

/// <summary>Size of a convolution's weights, [OutChannels, InChannels, KernelSize, KernelSize], and where it applies them: stride, padding,
/// alignment, direction.</summary>
/// <remarks>
/// Output row y of a convolution reads the input rows y·Stride + ky - before, for each kernel row ky. Centered: before = KernelSize/2.
/// Same: before is half of the padding max((⌈n/Stride⌉ - 1)·Stride + KernelSize - n, 0) that a side of n pixels needs. Columns are alike.
/// <para>A transposed convolution adds the products of input row i to the output rows 2·i + ky - before. Here before is that of the
/// convolution from the output's size to the input's.</para>
/// </remarks>
public readonly partial record struct ConvolutionShape
{
    /// <summary>The largest kernel size.</summary>
    public const int MaxKernelSize = 15;

    /// <summary>The shape of a convolution with stride 1 and reflection padding.</summary>
    /// <param name="outChannels">Channels of the output, at least 1.</param>
    /// <param name="inChannels">Channels of the input, at least 1.</param>
    /// <param name="kernelSize">An odd number from 1 to 15.</param>
    /// <exception cref="ArgumentOutOfRangeException">A channel count is below 1, or the kernel size is even or outside of
    /// 1..15.</exception>
    public ConvolutionShape(int outChannels, int inChannels, int kernelSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outChannels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inChannels, 1);
        if (kernelSize is < 1 or > MaxKernelSize || kernelSize % 2 == 0)
            throw new ArgumentOutOfRangeException(
                nameof(kernelSize), kernelSize, $"The kernel size is an odd number from 1 to {MaxKernelSize}.");
        (OutChannels, InChannels, KernelSize) = (outChannels, inChannels, kernelSize);
        Stride = 1;
    }

    /// <summary>Channels of the output.</summary>
    public int OutChannels { get; }

    /// <summary>Channels of the input.</summary>
    public int InChannels { get; }

    /// <summary>Side of the kernel: an odd number from 1 to 15.</summary>
    public int KernelSize { get; }

    /// <summary>1 or 2. Operations throw <see cref="ArgumentException"/> for other values.</summary>
    public int Stride { get; init; }

    /// <summary>What the convolution reads outside of its input.</summary>
    public PaddingMode Padding { get; init; }

    /// <summary>Position of the kernel relative to the pixels.</summary>
    public StrideAlignment Alignment { get; init; }

    /// <summary>Whether this is a transposed convolution, which doubles the sides. It needs stride 2 and zero padding; operations throw
    /// <see cref="ArgumentException"/> otherwise.</summary>
    public bool IsTransposed { get; init; }

    /// <summary>Kernel taps per pair of input and output channel.</summary>
    public int Taps => KernelSize * KernelSize;

    /// <summary>Number of weights.</summary>
    public int WeightsLength => checked(OutChannels * InChannels * Taps);

    /// <summary>The shape of the output: ⌈n/Stride⌉ rows or columns from a side of n; 2n if the convolution is transposed.</summary>
    /// <param name="input">[InChannels, H, W].</param>
    /// <exception cref="ArgumentException">The number of channels is another, or the convolution's properties don't fit
    /// together.</exception>
    public TensorShape OutputOf(TensorShape input)
    {
        Check();
        if (input.Channels != InChannels)
            throw new ArgumentException($"'input' is {input}, the convolution needs {InChannels} channels.", nameof(input));
        TensorShape size = IsTransposed ? input.Upsampled : Stride == 1 ? input
            : new TensorShape(input.Channels, Halved(input.Height), Halved(input.Width));
        return size.WithChannels(OutChannels);
    }

    /// <summary>Multiplications and additions of a direct convolution of one picture.</summary>
    /// <param name="height">Rows of the input.</param>
    /// <param name="width">Columns of the input.</param>
    public long Operations(int height, int width) => IsTransposed || Stride == 1 ? 2L * WeightsLength * height * width
        : 2L * WeightsLength * Halved(height) * Halved(width);

    /// <inheritdoc/>
    public override string ToString() => $"{InChannels}->{OutChannels} {KernelSize}x{KernelSize}{(IsTransposed ? " transposed" : "")}"
        + (Stride == 1 ? "" : $" stride {Stride}") + (Padding == PaddingMode.Reflect ? "" : $" {Padding}")
        + (Alignment == StrideAlignment.Centered ? "" : $" {Alignment}");
}
