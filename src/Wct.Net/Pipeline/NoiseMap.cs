using Wct.Kernels;

namespace Wct.Net.Pipeline;

/// <summary>Makes noise that depends only on the seed, the map's name and the position, so it is the same on every machine.</summary>
internal static class NoiseMap
{
    // Numbers per call of the backend, so that the host holds few of them.
    private const int RowBlock = 1 << 20;

    // The offset basis and the prime of FNV-1a, 64 bits.
    private const ulong Basis = 0xCBF29CE484222325, Prime = 0x100000001B3;

    /// <summary>Fills a map with numbers that are uniform in 0 to <paramref name="scale"/>.</summary>
    /// <param name="backend">The backend that holds the map.</param>
    /// <param name="map">[C, H, W].</param>
    /// <param name="seed">Chooses the numbers.</param>
    /// <param name="name">The map's name.</param>
    /// <param name="scale">Multiplies the numbers.</param>
    internal static void Fill(Backend backend, Tensor map, ulong seed, string name, double scale)
    {
        ulong start = Basis;
        foreach (char letter in name)
            start = (start ^ letter) * Prime;
        start ^= NoiseReader.Mix(seed);
        TensorShape shape = map.Shape;
        int rows = Math.Clamp(RowBlock / (shape.Channels * shape.Width), 1, shape.Height);
        for (int first = 0; first < shape.Height; first += rows)
        {
            int count = Math.Min(rows, shape.Height - first);
            TensorShape part = new(shape.Channels, count, shape.Width);
            float[] numbers = new float[part.Length];
            for (int c = 0; c < shape.Channels; c++)
            {
                ulong at = ((ulong)c * (ulong)shape.Height + (ulong)first) * (ulong)shape.Width;
                Span<float> own = numbers.AsSpan(c * part.Pixels, part.Pixels);
                for (int i = 0; i < own.Length; i++)
                    own[i] = (float)(scale * Uniform(start, at + (ulong)i));
            }

            using Tensor block = backend.Allocate(part);
            backend.Write(numbers, block);
            backend.Copy(block, Region.Of(part), map, first, 0);
        }
    }

    // The upper 24 bits, which a single holds exactly.
    private static float Uniform(ulong start, ulong index) =>
        (NoiseReader.Mix(start + ((index + 1) * NoiseReader.Step)) >> 40) * (1f / (1 << 24));
}
