namespace Wct.Kernels.Elementwise;

/// <summary>2x2 average pooling with stride 2.</summary>
internal static partial class AveragePool2x2
{
    /// <summary>Scalar reference. A last odd row or column is dropped; a side of one pixel keeps its length.</summary>
    /// <param name="input">[C, H, W], planar.</param>
    /// <param name="shape">Shape of the input.</param>
    /// <param name="output">[C, max(1, H/2), max(1, W/2)], planar.</param>
    internal static void Reference(ReadOnlySpan<float> input, TensorShape shape, Span<float> output)
    {
        TensorShape pooled = shape.Pooled;
        for (int i = 0; i < output.Length; i++)
        {
            int c = i / pooled.Pixels, y = i % pooled.Pixels / pooled.Width * 2, x = i % pooled.Width * 2, count = 0;
            double sum = 0;
            for (int row = y; row < Math.Min(y + 2, shape.Height); row++)
            {
                for (int column = x; column < Math.Min(x + 2, shape.Width); column++, count++)
                    sum += input[(c * shape.Height + row) * shape.Width + column];
            }

            output[i] = (float)(sum / count);
        }
    }

    /// <summary>Scalar reference of the gradient: each pixel of a window receives an equal part; dropped pixels receive zero.</summary>
    /// <param name="outputGradient">[C, max(1, H/2), max(1, W/2)], planar.</param>
    /// <param name="shape">[C, H, W].</param>
    /// <param name="inputGradient">[C, H, W], planar.</param>
    internal static void ReferenceGradient(ReadOnlySpan<float> outputGradient, TensorShape shape, Span<float> inputGradient)
    {
        TensorShape pooled = shape.Pooled;
        int count = Math.Min(2, shape.Height) * Math.Min(2, shape.Width);
        for (int i = 0; i < inputGradient.Length; i++)
        {
            int c = i / shape.Pixels, y = i % shape.Pixels / shape.Width / 2, x = i % shape.Width / 2;
            bool dropped = y >= pooled.Height || x >= pooled.Width;
            inputGradient[i] = dropped ? 0 : outputGradient[(c * pooled.Height + y) * pooled.Width + x] / count;
        }
    }
}
