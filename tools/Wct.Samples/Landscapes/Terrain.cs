using System.Numerics;

namespace Wct.Samples.Landscapes;

/// <summary>The height of the land above the lake's level.</summary>
internal static class Terrain
{
    /// <summary>Returns the height of the ground including trees; negative in the lake.</summary>
    internal static float Height(float x, float z)
    {
        float ground = Bare(x, z);
        return ground + (z > 15 && ground > 0.1f ? Trees(x, z) * Wooded(x, z, ground) : 0);
    }

    /// <summary>Returns the density of the forest, 0 to 1: closed below the tree line, in patches higher up.</summary>
    internal static float Wooded(float x, float z, float ground) => z < 15 ? 0
        : Ramp.Smooth(9.5f, 5, ground + (5 * Noise.Fractal(x * 0.12f, z * 0.12f, 3, 71))) * Ramp.Smooth(0.1f, 0.35f, ground);

    private static float Bare(float x, float z)
    {
        float height = -0.5f + (0.85f * Ramp.Smooth(10.5f, 6, z + (1.6f * Noise.At(x * 0.35f, 0.5f, 72)))) + (z < 15
            ? 0.1f * Noise.At(x * 0.8f, z * 0.8f, 73) : 0);
        // A wooded spur on the left, another one behind it on the right, then the mountains.
        height += Spur(-x - 5 + (0.10f * z), x, z, 26, 9);
        height += Spur(x - 14 + (0.05f * z), x, z, 44, 12);
        float rise = Ramp.Smooth(62, 84, z + (6 * Noise.At(x * 0.07f, 2.5f, 74)));
        if (rise > 0)
        {
            float valley = 0.32f + (0.68f * Ramp.Smooth(0, 45, Math.Abs(x + 16 - (0.06f * z))));
            float peak = 7 + (44 * Ramp.Smooth(80, 190, z) * valley);
            height += rise * (0.9f + (peak * MathF.Pow(Noise.Ridged(x * 0.0155f, (z * 0.0155f) + 0.35f, 8, 75), 1.3f)));
        }

        return height;
    }

    private static float Spur(float inland, float x, float z, float at, float rise)
    {
        float here = Ramp.Smooth(at - 5, at + 9, z + (3 * Noise.At(x * 0.2f, z * 0.1f, 76))) * Ramp.Smooth(at + 45, at + 16, z);
        float slope = Ramp.Smooth(0, 26, inland + (3 * Noise.Fractal(x * 0.12f, z * 0.12f, 3, 77)));
        return here * slope * rise;
    }

    // A cone in each cell of a lattice, at a random place within the cell.
    private static float Trees(float x, float z)
    {
        const float Cell = 0.5f;
        int column = (int)MathF.Floor(x / Cell), row = (int)MathF.Floor(z / Cell);
        float top = 0;
        for (int j = row - 1; j <= row + 1; j++)
        {
            for (int i = column - 1; i <= column + 1; i++)
            {
                float dx = x - ((i + Noise.Random(i, j, 78)) * Cell), dz = z - ((j + Noise.Random(i, j, 79)) * Cell);
                float tall = 0.55f + (0.65f * Noise.Random(i, j, 80));
                top = Math.Max(top, tall * (1 - (MathF.Sqrt((dx * dx) + (dz * dz)) / 0.34f)));
            }
        }

        return top;
    }
}
