namespace Wct.Kernels;

// Where the kernel lies on the pixels, and the checks.
public readonly partial record struct ConvolutionShape
{
    /// <summary>Whether kernels that read a border of one reflected pixel can compute this: 1x1 with stride 1, or 3x3 with stride 1 and
    /// reflection padding.</summary>
    internal bool FitsReflectedBorder => Stride == 1 && (KernelSize == 1 || (KernelSize == 3 && Padding == PaddingMode.Reflect));

    /// <summary>Rows (or columns) of the kernel before the pixel that it is aligned to.</summary>
    /// <param name="side">Rows (or columns) of the larger map: of the input, or of the output if the convolution is transposed.</param>
    internal int Before(int side) =>
        Alignment == StrideAlignment.Centered ? KernelSize / 2
            : Math.Max(((side + Stride - 1) / Stride - 1) * Stride + KernelSize - side, 0) / 2;

    /// <summary>The same convolution with input and output channels exchanged, as its input gradient needs it.</summary>
    internal ConvolutionShape Exchanged => new(InChannels, OutChannels, KernelSize)
    {
        Stride = Stride,
        Padding = Padding,
        Alignment = Alignment,
        IsTransposed = IsTransposed,
    };

    /// <summary>Checks the properties that are set without a constructor.</summary>
    /// <exception cref="ArgumentException">A value isn't defined, or a transposed convolution doesn't have stride 2 and zero
    /// padding.</exception>
    internal void Check()
    {
        if (Stride is not (1 or 2))
            throw new ArgumentException($"The stride of a convolution is 1 or 2, not {Stride}.");
        if (!Enum.IsDefined(Padding))
            throw new ArgumentException($"{(int)Padding} is not a padding mode.");
        if (!Enum.IsDefined(Alignment))
            throw new ArgumentException($"{(int)Alignment} is not an alignment.");
        if (IsTransposed && (Stride != 2 || Padding != PaddingMode.Zero))
            throw new ArgumentException(
                $"A transposed convolution needs stride 2 and zero padding, this one has stride {Stride} and padding {Padding}.");
    }

    private static int Halved(int side) => side / 2 + side % 2;
}
