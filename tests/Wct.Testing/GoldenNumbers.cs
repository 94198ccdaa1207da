namespace Wct.Testing;

/// <summary>Creates the same numbers and pictures as tests/golden/seeded.py, bit for bit, so that they need not be stored.</summary>
public static class GoldenNumbers
{
    /// <summary>Creates float32 numbers in [-limit, limit): 24 bits of a hash of the seed and the index, scaled in double
    /// precision.</summary>
    public static float[] Uniform(int seed, int count, double limit)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
            numbers[i] = (float)Number(seed, i, limit);
        return numbers;
    }

    /// <summary>Returns one of these numbers, before it is rounded to float32.</summary>
    public static double Number(int seed, int index, double limit) => ((Bits(seed, index) >> 8) / (double)(1 << 23) - 1) * limit;

    /// <summary>Creates a picture as [height, width, channels] bytes: gradients between random levels, hard-edged stripes and a little
    /// noise. Uses only integers.</summary>
    public static byte[] Picture(int width, int height, int channels, int seed)
    {
        int columns = width / 8 + 2;
        byte[] pixels = new byte[height * width * channels];
        for (int i = 0; i < pixels.Length; i++)
        {
            (int c, int x, int y) = (i % channels, i / channels % width, i / channels / width);
            (int fx, int fy) = (x % 8, y % 8);
            int Near(int dy, int dx) => (int)(Bits(seed, ((y / 8 + dy) * columns + x / 8 + dx) * channels + c) >> 24);
            int slope = (Near(0, 0) * (8 - fy) * (8 - fx) + Near(0, 1) * (8 - fy) * fx + Near(1, 0) * fy * (8 - fx) + Near(
                1, 1) * fy * fx) / 64;
            int stripes = (x / 5 + y / 3 + c) % 4 * 16 - 24, noise = (int)(Bits(seed + 1, i) >> 28);
            pixels[i] = (byte)Math.Clamp(slope + stripes + noise - 8, 0, 255);
        }

        return pixels;
    }

    private static uint Bits(int seed, int index)
    {
        uint x = unchecked((uint)index * 0x9E3779B9 + (uint)seed * 0x85EBCA6B);
        x ^= x >> 16;
        x = unchecked(x * 0x7FEB352D);
        x ^= x >> 15;
        x = unchecked(x * 0x846CA68B);
        return x ^ (x >> 16);
    }
}
