namespace Wct.Samples;

/// <summary>Random numbers that are the same on all machines: a hash of integers, and smooth noise computed from it.</summary>
internal static class Noise
{
    /// <summary>Returns 32 well-mixed bits for a point of the integer lattice.</summary>
    internal static uint Hash(int x, int y, int seed)
    {
        // The factors are the first 32 fraction bits of the golden ratio and of the square roots of 2 and 3: odd, and without a pattern.
        const uint Golden = 0x9E3779B9, Root2 = 0x6A09E667, Root3 = 0xBB67AE85;
        uint h = ((uint)x * Golden) ^ ((uint)y * Root2) ^ ((uint)seed * Root3);
        h = (h ^ (h >> 16)) * Root2;
        h = (h ^ (h >> 15)) * Golden;
        return h ^ (h >> 16);
    }

    /// <summary>Returns a number in [0, 1) for a point of the integer lattice.</summary>
    internal static float Random(int x, int y, int seed) => (Hash(x, y, seed) >> 8) * (1f / (1 << 24));

    /// <summary>Returns smooth noise of wavelength 1, in about -1 to 1, and zero on the lattice.</summary>
    internal static float At(float x, float y, int seed)
    {
        float floorX = MathF.Floor(x), floorY = MathF.Floor(y);
        int ix = (int)floorX, iy = (int)floorY;
        float dx = x - floorX, dy = y - floorY;
        float u = dx * dx * dx * ((dx * ((dx * 6) - 15)) + 10), v = dy * dy * dy * ((dy * ((dy * 6) - 15)) + 10);
        float a = Corner(ix, iy, dx, dy, seed), b = Corner(ix + 1, iy, dx - 1, dy, seed);
        float c = Corner(ix, iy + 1, dx, dy - 1, seed), d = Corner(ix + 1, iy + 1, dx - 1, dy - 1, seed);
        float top = a + ((b - a) * u), bottom = c + ((d - c) * u);
        return top + ((bottom - top) * v);
    }

    /// <summary>Returns octaves of smooth noise; each has half the wavelength and half the amplitude of the previous one.</summary>
    internal static float Fractal(float x, float y, int octaves, int seed)
    {
        float sum = 0, height = 0.5f;
        for (int i = 0; i < octaves; i++, height *= 0.5f)
        {
            sum += height * At(x, y, seed + i);
            (x, y) = Finer(x, y);
        }

        return sum;
    }

    /// <summary>Returns octaves with sharp crests like mountains, in 0 to 1. Fine crests are higher where coarse ones are high.</summary>
    internal static float Ridged(float x, float y, int octaves, int seed)
    {
        float sum = 0, height = 0.5f, weight = 1;
        for (int i = 0; i < octaves; i++, height *= 0.5f)
        {
            float crest = 1 - MathF.Abs(At(x, y, seed + i));
            crest *= crest * weight;
            sum += height * crest;
            weight = Math.Clamp(crest * 1.6f, 0, 1);
            (x, y) = Finer(x, y);
        }

        return sum;
    }

    // Doubles the frequency and rotates, so that the octaves' lattices are not visible.
    private static (float X, float Y) Finer(float x, float y) => ((1.6f * x) + (1.2f * y), (1.6f * y) - (1.2f * x));

    // Returns the gradient at a lattice point, one of eight, times the offset from the point.
    private static float Corner(int x, int y, float dx, float dy, int seed)
    {
        uint h = Hash(x, y, seed);
        (float major, float minor) = (h & 4) == 0 ? (dx, dy) : (dy, dx);
        return ((h & 1) == 0 ? major : -major) + (0.5f * ((h & 2) == 0 ? minor : -minor));
    }
}
