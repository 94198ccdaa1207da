namespace Wct.Kernels.Patches;

/// <summary>Builds a map from patches of 3x3 pixels: the mean of all patches that cover a pixel.</summary>
internal static partial class PatchMeans
{
    /// <summary>Scalar reference.</summary>
    /// <param name="values">[C, Hs, Ws], planar.</param>
    /// <param name="shape">Shape of the values.</param>
    /// <param name="best">[2, H, W], planar; plane 1 has the number of each center's patch.</param>
    /// <param name="output">[C, H, W], planar.</param>
    /// <param name="outputShape">Shape of the output.</param>
    internal static void Reference(
        ReadOnlySpan<float> values, TensorShape shape, ReadOnlySpan<float> best, Span<float> output, TensorShape outputShape)
    {
        int height = outputShape.Height, width = outputShape.Width, across = shape.Width - 2, patches = (shape.Height - 2) * across;
        for (int i = 0; i < output.Length; i++)
        {
            int c = i / outputShape.Pixels, y = i % outputShape.Pixels / width, x = i % width, count = 0;
            double sum = 0;
            for (int row = Math.Max(y - 1, 1); row <= Math.Min(y + 1, height - 2); row++)
            {
                for (int column = Math.Max(x - 1, 1); column <= Math.Min(x + 1, width - 2); column++)
                {
                    int patch = PatchNumber.Clamp(best[outputShape.Pixels + row * width + column], patches);
                    int valueY = patch / across + 1 + y - row, valueX = patch % across + 1 + x - column;
                    sum += values[(c * shape.Height + valueY) * shape.Width + valueX];
                    count++;
                }
            }

            output[i] = (float)(sum / count);
        }
    }
}
