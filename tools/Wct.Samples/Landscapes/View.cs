using System.Numerics;

namespace Wct.Samples.Landscapes;

/// <summary>Looks from the meadow across the lake, level: X to the right, Y up, Z into the picture; a unit is about 20 m.</summary>
internal sealed class View(int width, int height)
{
    /// <summary>How high above the lake the eye is.</summary>
    internal const float EyeHeight = 1.5f;

    private const float Nearest = 3.4f, Farthest = 300;

    private readonly float _focal = width;

    /// <summary>The row that what is infinitely far and level falls on.</summary>
    internal float Horizon { get; } = height * 0.46f;

    /// <summary>The way that a sample looks, not normalized: it advances by 1 in Z.</summary>
    internal Vector3 Ray(int x, int y) => new((x + 0.5f - (width / 2)) / _focal, (Horizon - y - 0.5f) / _focal, 1);

    /// <summary>What a sample sees at a distance.</summary>
    internal Vector3 Place(int x, int y, float z) => new Vector3(0, EyeHeight, 0) + (Ray(x, y) * z);

    /// <summary>Where a place falls on the canvas.</summary>
    internal Vector2 Project(Vector3 place) =>
        new((width / 2) + (_focal * place.X / place.Z), Horizon - (_focal * (place.Y - EyeHeight) / place.Z));

    /// <summary>How far away (along Z) each sample's ground or water is, infinite for the sky: [height, width].</summary>
    /// <remarks>Column by column from the front to the back, each slice covering what rises above all before it: one height for each
    /// slice.</remarks>
    internal float[] Distances()
    {
        float[] distances = new float[width * height];
        Array.Fill(distances, float.PositiveInfinity);
        Parallel.For(0, width, x =>
        {
            float sideways = Ray(x, 0).X;
            int top = height;
            for (float z = Nearest; z < Farthest && top > 0; z *= 1.005f)
            {
                float ground = Math.Max(0, Terrain.Height(sideways * z, z));
                int row = Math.Max(0, (int)MathF.Ceiling(Horizon - (_focal * (ground - EyeHeight) / z)));
                // Rows between two slices lie between their distances, too; the step is small enough to take this one's.
                for (; top > row; top--)
                    distances[((top - 1) * width) + x] = z;
            }
        });
        return distances;
    }
}
