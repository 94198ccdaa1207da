namespace Wct.Net;

/// <summary>The motion from one picture to another of the same size: a vector for each pixel of the first one. Immutable.</summary>
/// <remarks>What the first picture shows at (x, y), the second one shows at (x + u, y + v). u counts pixels to the right, v counts pixels
/// down. A vector may be unknown.</remarks>
public sealed partial class FlowField
{
    // Larger numbers, and those that are no numbers, stand for unknown vectors, as in the Middlebury benchmark.
    private const float Largest = 1e9f;

    private readonly float[] _vectors;

    /// <summary>Copies vectors from memory.</summary>
    /// <param name="vectors">[Height, Width, 2]: u and v of each pixel. A vector with NaN, or with a number outside -1e9..1e9, is
    /// unknown.</param>
    /// <param name="width">Vectors per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentException">A side is below 1, or the number of vectors is wrong.</exception>
    public FlowField(ReadOnlySpan<float> vectors, int width, int height)
        : this(Copied(vectors, width, height), width, height)
    {
    }

    // Takes ownership of the array.
    private FlowField(float[] vectors, int width, int height)
    {
        (_vectors, Width, Height) = (vectors, width, height);
        for (int i = 0; i < vectors.Length; i += 2)
        {
            if (!(Math.Abs(vectors[i]) <= Largest && Math.Abs(vectors[i + 1]) <= Largest))
                (vectors[i], vectors[i + 1]) = (float.NaN, float.NaN);
        }
    }

    /// <summary>Vectors per row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>[Height, Width, 2]: u and v of each pixel; both are NaN if the vector is unknown.</summary>
    public ReadOnlySpan<float> Vectors => _vectors;

    private void CheckSize(int width, int height, string name)
    {
        if ((width, height) != (Width, Height))
            throw new ArgumentException($"'{name}' is {width}x{height}, the flow field is {Width}x{Height}.", name);
    }

    private static float[] Copied(ReadOnlySpan<float> vectors, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (vectors.Length != 2L * width * height)
            throw new ArgumentException(
                $"'vectors' has {vectors.Length} numbers, {width}x{height} vectors need {2L * width * height}.", nameof(vectors));
        return vectors.ToArray();
    }
}
