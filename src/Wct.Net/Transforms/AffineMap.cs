using Wct.Kernels;

namespace Wct.Net.Transforms;

/// <summary>An affine map of feature vectors: y = A·(x - center) + offset. Immutable; safe for use by several threads.</summary>
public sealed class AffineMap
{
    private readonly NumberBuffer _numbers;

    /// <summary>Creates a map; the numbers are copied.</summary>
    /// <param name="matrix">A, [C, C], row by row.</param>
    /// <param name="center">[C]; subtracted first.</param>
    /// <param name="offset">[C]; added last.</param>
    /// <exception cref="ArgumentException">The lengths don't match.</exception>
    public AffineMap(ReadOnlySpan<double> matrix, ReadOnlySpan<double> center, ReadOnlySpan<double> offset)
    {
        Channels = center.Length;
        if (matrix.Length != (long)Channels * Channels)
            throw new ArgumentException(
                $"'matrix' has {matrix.Length} elements, {Channels} channels need {(long)Channels * Channels}.", nameof(matrix));
        if (offset.Length != Channels)
            throw new ArgumentException($"'offset' has {offset.Length} elements, 'center' has {Channels}.", nameof(offset));
        _numbers = NumberBuffer.Of(new double[Length(Channels)]);
        matrix.CopyTo(MatrixSpan);
        center.CopyTo(CenterSpan);
        offset.CopyTo(OffsetSpan);
    }

    private AffineMap(NumberBuffer numbers, int channels) => (_numbers, Channels) = (numbers, channels);

    /// <summary>C.</summary>
    public int Channels { get; }

    /// <summary>A, [C, C], row by row.</summary>
    /// <exception cref="ObjectDisposedException">The map belongs to a picture that is finished.</exception>
    public ReadOnlySpan<double> Matrix => MatrixSpan;

    /// <summary>[C].</summary>
    /// <exception cref="ObjectDisposedException">The map belongs to a picture that is finished.</exception>
    public ReadOnlySpan<double> Center => CenterSpan;

    /// <summary>[C].</summary>
    /// <exception cref="ObjectDisposedException">The map belongs to a picture that is finished.</exception>
    public ReadOnlySpan<double> Offset => OffsetSpan;

    /// <summary>Whether all elements of A off the diagonal are 0.</summary>
    internal bool IsDiagonal { get; init; }

    internal Span<double> MatrixSpan => _numbers.Span[..(Channels * Channels)];

    internal Span<double> CenterSpan => _numbers.Span.Slice(Channels * Channels, Channels);

    internal Span<double> OffsetSpan => _numbers.Span.Slice(Channels * Channels + Channels, Channels);

    /// <summary>Creates a map that scales the distance from a center: y = factor·(x - center) + center.</summary>
    /// <param name="factor">Any number: 1 changes nothing, -1 mirrors, 0 gives the center.</param>
    /// <param name="center">[C].</param>
    /// <exception cref="OverflowException">C is above 46,339.</exception>
    public static AffineMap Scale(double factor, ReadOnlySpan<double> center)
    {
        AffineMap map = new(NumberBuffer.Of(new double[Length(center.Length)]), center.Length) { IsDiagonal = true };
        for (int i = 0; i < center.Length; i++)
            map.MatrixSpan[i * center.Length + i] = factor;
        center.CopyTo(map.CenterSpan);
        center.CopyTo(map.OffsetSpan);
        return map;
    }

    /// <summary>Applies the map.</summary>
    /// <param name="backend">The backend that computes.</param>
    /// <param name="features">[C, h, w], a tensor of this backend.</param>
    /// <returns>[C, h, w]; the caller disposes of it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="backend"/> or <paramref name="features"/> is null.</exception>
    /// <exception cref="ArgumentException">The features have another number of channels.</exception>
    /// <exception cref="InsufficientMemoryException">The memory can't be allocated.</exception>
    /// <exception cref="Kernels.Gpu.GpuException">The GPU's driver reports an error.</exception>
    /// <exception cref="ObjectDisposedException">The features or a GPU backend were disposed of, or the map belongs to a picture that is
    /// finished.</exception>
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

    /// <summary>Creates a map in pooled memory, for the caller to fill.</summary>
    /// <param name="channels">C.</param>
    /// <param name="isDiagonal">Whether the caller will write a diagonal matrix.</param>
    internal static AffineMap Borrow(int channels, bool isDiagonal = false) =>
        new(NumberBuffer.Borrow(Length(channels)), channels) { IsDiagonal = isDiagonal };

    /// <summary>Adds maps with weights.</summary>
    /// <param name="parts">At least one; all with the same number of channels.</param>
    /// <returns>A map in pooled memory. The parts are not released.</returns>
    internal static AffineMap Sum(IReadOnlyList<(double Weight, AffineMap Map)> parts)
    {
        int channels = parts[0].Map.Channels;
        AffineMap sum = Borrow(channels, parts.All(part => part.Map.IsDiagonal));
        ReadOnlySpan<double> center = parts[0].Map.Center;
        center.CopyTo(sum.CenterSpan);
        Span<double> matrix = sum.MatrixSpan, offset = sum.OffsetSpan;
        matrix.Clear();
        offset.Clear();
        foreach ((double weight, AffineMap map) in parts)
        {
            ReadOnlySpan<double> own = map.Matrix, ownCenter = map.Center, ownOffset = map.Offset;
            // Maps of one content have one center, unless an application's transform chose another.
            bool moves = !ownCenter.SequenceEqual(center);
            for (int i = 0; i < channels; i++)
            {
                double shift = ownOffset[i];
                for (int j = 0; j < channels; j++)
                {
                    matrix[i * channels + j] += weight * own[i * channels + j];
                    if (moves)
                        shift += own[i * channels + j] * (center[j] - ownCenter[j]);
                }

                offset[i] += weight * shift;
            }
        }

        return sum;
    }

    /// <summary>Blends the map with the identity.</summary>
    /// <param name="strength">α in [0, 1]: α·map + (1 - α)·identity.</param>
    /// <returns>A map in pooled memory.</returns>
    internal AffineMap Blend(double strength)
    {
        AffineMap blend = Borrow(Channels, IsDiagonal);
        ReadOnlySpan<double> matrix = Matrix, center = Center, offset = Offset;
        Span<double> blendedMatrix = blend.MatrixSpan, blendedOffset = blend.OffsetSpan;
        for (int i = 0; i < Channels; i++)
        {
            for (int j = 0; j < Channels; j++)
                blendedMatrix[i * Channels + j] = strength * matrix[i * Channels + j] + (i == j ? 1 - strength : 0);
            blendedOffset[i] = strength * offset[i] + (1 - strength) * center[i];
        }

        center.CopyTo(blend.CenterSpan);
        return blend;
    }

    /// <summary>Returns pooled memory to the pool. A map with its own memory stays usable.</summary>
    internal void Release() => _numbers.Release();

    private static int Length(int channels) => checked(channels * channels + 2 * channels);
}
