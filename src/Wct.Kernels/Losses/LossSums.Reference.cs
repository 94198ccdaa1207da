namespace Wct.Kernels.Losses;

/// <summary>Sums that loss terms consist of, each with its gradient.</summary>
internal static partial class LossSums
{
    /// <summary>Scalar reference of <see cref="TrainingBackend.SquaredError"/>.</summary>
    internal static double ReferenceSquaredError(ReadOnlySpan<float> actual, ReadOnlySpan<float> target, float factor, Span<float> gradient)
    {
        double sum = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double difference = (double)actual[i] - target[i];
            sum += difference * difference;
            if (!gradient.IsEmpty)
                gradient[i] = (float)(factor * difference);
        }

        return sum;
    }

    /// <summary>Scalar reference of <see cref="TrainingBackend.TotalVariation"/>.</summary>
    internal static double ReferenceTotalVariation(ReadOnlySpan<float> image, TensorShape shape, float factor, Span<float> gradient)
    {
        double sum = 0;
        double[] slopes = new double[image.Length];
        for (int i = 0; i < image.Length; i++)
        {
            int y = i / shape.Width % shape.Height, x = i % shape.Width;
            foreach ((bool within, int neighbor) in ((bool, int)[])[(y + 1 < shape.Height, i + shape.Width), (x + 1 < shape.Width, i + 1)])
            {
                double difference = within ? (double)image[neighbor] - image[i] : 0;
                sum += difference * difference;
                slopes[i] -= 2 * difference;
                if (within)
                    slopes[neighbor] += 2 * difference;
            }
        }

        for (int i = 0; i < gradient.Length; i++)
            gradient[i] += (float)(factor * slopes[i]);
        return sum;
    }
}
