namespace Wct.Kernels.Convolutions.Bands;

/// <summary>Pixels that the outputs of a convolution read: output (y, x) reads rows from y·Stride - Top on and columns from x·Stride - Left
/// on.</summary>
/// <param name="Stride">Input pixels from one output to the next: 1 or 2.</param>
/// <param name="Rows">Number of rows that an output reads.</param>
/// <param name="Columns">Number of columns that an output reads.</param>
/// <param name="Padding">What is read outside of the input.</param>
/// <param name="Top">Rows before the first output's aligned row.</param>
/// <param name="Left">Columns before the first output's aligned column.</param>
internal readonly record struct TapGrid(int Stride, int Rows, int Columns, PaddingMode Padding, int Top, int Left)
{
    /// <summary>Rows of a phase that are read beyond the outputs'.</summary>
    internal int HaloRows => (Rows - 1) / Stride;

    /// <summary>Columns of a phase that are read beyond the outputs'.</summary>
    internal int HaloColumns => (Columns - 1) / Stride;

    /// <summary>Phases of rows times phases of columns: 1 or 4.</summary>
    internal int Phases => Stride * Stride;

    /// <summary>The grid of a convolution that isn't transposed.</summary>
    /// <param name="shape">The convolution.</param>
    /// <param name="input">[InChannels, H, W].</param>
    internal static TapGrid Of(ConvolutionShape shape, TensorShape input) => new(
        shape.Stride, shape.KernelSize, shape.KernelSize, shape.Padding, shape.Before(input.Height), shape.Before(input.Width));

    /// <summary>The input pixels that the four phases of outputs of a transposed convolution read, beside an input pixel.</summary>
    /// <param name="size">Kernel size.</param>
    /// <param name="top">Kernel rows before the first row of the output.</param>
    /// <param name="left">Kernel columns before the first column of the output.</param>
    internal static TapGrid OfTransposed(int size, int top, int left)
    {
        // Input i adds to the outputs 2·i + ky - top. So output 2·i needs inputs down to i - (size - 1 - top)/2, and output 2·i + 1 needs
        // inputs up to i + (1 + top)/2.
        int above = (size - 1 - top) / 2, before = (size - 1 - left) / 2;
        return new TapGrid(1, above + (1 + top) / 2 + 1, before + (1 + left) / 2 + 1, PaddingMode.Zero, above, before);
    }
}
