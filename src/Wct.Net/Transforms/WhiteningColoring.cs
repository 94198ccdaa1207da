using System.Buffers;
using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;
using Wct.Net.Models;

namespace Wct.Net.Transforms;

/// <summary>Whitens content features, then colors them with the style's covariance: one affine map, y = A·(x - center) + offset.</summary>
/// <param name="Matrix">A = α·T + (1 - α)·I, [C, C].</param>
/// <param name="Center">The content's mean, [C].</param>
/// <param name="Offset">α·ms + (1 - α)·mc, [C].</param>
/// <param name="Transform">T = Cs^(1/2)·Cc^(-1/2), [C, C].</param>
/// <param name="ContentRank">Eigenvalues of the content's covariance that were kept.</param>
/// <remarks>Li et al. 2017, section 3.2, with zero-phase (ZCA) whitening.</remarks>
public sealed record WhiteningColoring(double[] Matrix, double[] Center, double[] Offset, double[] Transform, int ContentRank)
{
    /// <summary>The map from a content's features to a style's.</summary>
    /// <param name="content">The content's moments.</param>
    /// <param name="style">The style at the same level.</param>
    /// <param name="strength">α in [0, 1]; 0 returns the content unchanged.</param>
    /// <param name="backend">Whose threads may help; null for none.</param>
    /// <param name="eigensolver">Finds the content's eigenvalues where the device doesn't; null for <see cref="SymmetricEigen.Solver"/>.</param>
    /// <exception cref="ArgumentException">The channel counts differ.</exception>
    public static WhiteningColoring Of(
        FeatureMoments content, StyleStatistics style, double strength, Backend? backend = null, IEigensolver? eigensolver = null)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(style);
        int channels = content.Channels;
        if (style.Mean.Length != channels)
            throw new ArgumentException($"The content has {channels} channels, the style {style.Mean.Length}.", nameof(style));
        double[] transform = new double[channels * channels], matrix = new double[channels * channels], offset = new double[channels];
        int rank = Compute(content.Mean, content.Covariance, style, strength, transform, matrix, offset, backend, eigensolver, mayBeRegular: true);
        return new WhiteningColoring(matrix, content.Mean, offset, transform, rank);
    }

    /// <summary>Measures features and prepares their map, in borrowed memory: for pictures, where nobody asks for the numbers.</summary>
    /// <param name="features">[C, h, w], of as many channels as the style.</param>
    /// <param name="into">The convolution behind, to be folded into; null for the map alone.</param>
    /// <returns>The caller disposes of it.</returns>
    internal static Convolution Prepare(
        Backend backend, Tensor features, StyleStatistics style, double strength, ConvolutionWeights? into, IEigensolver? eigensolver = null)
    {
        int channels = features.Shape.Channels, square = channels * channels;
        double[] borrowed = ArrayPool<double>.Shared.Rent(2 * channels + 2 * square);
        Span<double> mean = borrowed.AsSpan(0, channels), offset = borrowed.AsSpan(channels, channels), matrix = borrowed.AsSpan(2 * channels, square);
        Memory<double> covariance = borrowed.AsMemory(2 * channels + square, square);
        FeatureMoments.Measure(backend, features, mean, covariance.Span);
        // Of fewer pixels than channels, there are eigenvalues to be dropped.
        Compute(mean, covariance, style, strength, matrix, matrix, offset, backend, eigensolver, mayBeRegular: features.Shape.Pixels > channels);
        Convolution map = Prepare(backend, matrix, mean, offset, into);
        ArrayPool<double>.Shared.Return(borrowed);
        return map;
    }

    /// <summary>The map as a convolution.</summary>
    /// <param name="into">The convolution behind, to be folded into; null for the map alone.</param>
    internal Convolution Prepare(Backend backend, ConvolutionWeights? into) => Prepare(backend, Matrix, Center, Offset, into);

    /// <summary>Applies the map.</summary>
    /// <param name="features">[C, h, w].</param>
    /// <returns>[C, h, w]; the caller disposes of it.</returns>
    public Tensor Apply(Backend backend, Tensor features)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(features);
        Tensor output = backend.Allocate(features.Shape);
        try
        {
            backend.Affine(features, Matrix, Center, Offset, output);
            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    private static Convolution Prepare(
        Backend backend, ReadOnlySpan<double> matrix, ReadOnlySpan<double> center, ReadOnlySpan<double> offset, ConvolutionWeights? into) => into is null
        ? backend.PrepareAffine(matrix, center, offset)
        : backend.PrepareFolded(
            new ConvolutionShape(into.OutChannels, into.InChannels, into.KernelSize), into.Weights, into.Bias, matrix, center, offset);

    // What single precision holds, less what a convolution's weights and sums can add to it.
    private const double LargestEntry = 1e30;

    // The transform and the matrix made of it may be the same memory. A covariance that can't be regular is not tried on the device.
    private static int Compute(
        ReadOnlySpan<double> mean, ReadOnlyMemory<double> covariance, StyleStatistics style, double strength, Span<double> transform,
        Span<double> matrix, Span<double> offset, Backend? backend, IEigensolver? eigensolver, bool mayBeRegular)
    {
        int channels = mean.Length;
        int rank = (mayBeRegular ? OnDevice(covariance.Span, style, transform, channels, backend) : null)
            ?? OnHost(covariance, style, transform, channels, backend, eigensolver);
        for (int i = 0; i < channels; i++)
        {
            for (int j = 0; j < channels; j++)
                matrix[i * channels + j] = strength * transform[i * channels + j] + (i == j ? 1 - strength : 0);
            offset[i] = strength * style.Mean[i] + (1 - strength) * mean[i];
        }

        CheckLargest(matrix);
        CheckLargest(offset);
        return rank;
    }

    private static void CheckLargest(ReadOnlySpan<double> entries)
    {
        foreach (double entry in entries)
        {
            if (!(Math.Abs(entry) <= LargestEntry))
                throw FeatureMoments.Overflow("transformed features");
        }
    }

    // Null where the device leaves it to the host.
    private static int? OnDevice(ReadOnlySpan<double> covariance, StyleStatistics style, Span<double> transform, int channels, Backend? backend)
    {
        if (backend?.SupportsInverseRoots(channels) != true
            || !backend.TryInverseRoot(covariance, style.Coloring.Matrix, channels, SymmetricPower.SmallestEigenvalue, transform))
            return null;
        int rank = 0;
        for (int i = 0; i < covariance.Length; i += channels + 1)
            rank += covariance[i] > 0 ? 1 : 0;
        return rank;
    }

    private static int OnHost(
        ReadOnlyMemory<double> covariance, StyleStatistics style, Span<double> transform, int channels, Backend? backend, IEigensolver? eigensolver)
    {
        int square = channels * channels, rank = 0;
        double[] borrowed = ArrayPool<double>.Shared.Rent(square);
        if (backend is null || style.IsReady)
            rank = SymmetricPower.Raise(covariance.Span, channels, -0.5, borrowed.AsSpan(0, square), eigensolver);
        else
            backend.RunOnHost(2, RaiseOne);
        // The coloring matrix is symmetric, so its transpose times the whitening one is the product wanted.
        TransposedProduct.Multiply(style.Coloring.Matrix, borrowed.AsSpan(0, square), channels, channels, channels, transform);
        ArrayPool<double>.Shared.Return(borrowed);
        return rank;

        // The content's eigenproblem, and beside it the style's, which nobody needed before.
        void RaiseOne(int task)
        {
            if (task == 0)
                rank = SymmetricPower.Raise(covariance.Span, channels, -0.5, borrowed.AsSpan(0, square), eigensolver);
            else
                _ = style.Coloring;
        }
    }
}
