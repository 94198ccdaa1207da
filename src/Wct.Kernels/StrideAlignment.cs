namespace Wct.Kernels;

/// <summary>Position of a convolution's kernel relative to the pixels. With stride 1 both are the same.</summary>
public enum StrideAlignment
{
    /// <summary>The kernel's center is at each second pixel, from the first one on (PyTorch with padding K/2; transposed: with padding K/2
    /// and output_padding 1).</summary>
    Centered,

    /// <summary>TensorFlow's SAME: as little padding as needed, half of it before the first pixel. An odd pixel of padding is at the right
    /// and the bottom.</summary>
    Same,
}
