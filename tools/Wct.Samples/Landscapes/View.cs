using System.Numerics;

namespace Wct.Samples.Landscapes;

/// <summary>The camera, which looks horizontally across the lake: X to the right, Y up, Z into the picture; a unit is about 20 m.</summary>
internal sealed class View(int width, int height)
{
    /// <summary>Height of the camera above the lake.</summary>
    internal const float EyeHeight = 1.5f;

    private const float Nearest = 3.4f, Farthest = 300;

    private readonly float _focal = width;

    /// <summary>The row of the horizon.</summary>
    internal float Horizon { get; } = height * 0.46f;

    /// <summary>Returns the viewing direction of a sample, with Z = 1 and not normalized.</summary>
    internal Vector3 Ray(int x, int y) => new((x + 0.5f - (width / 2)) / _focal, (Horizon - y - 0.5f) / _focal, 1);

    /// <summary>Returns the place that a sample shows at a distance.</summary>
    internal Vector3 Place(int x, int y, float z) => new Vector3(0, EyeHeight, 0) + (Ray(x, y) * z);

    /// <summary>Projects a place onto the canvas.</summary>
    internal Vector2 Project(Vector3 place) =>
        new((width / 2) + (_focal * place.X / place.Z), Horizon - (_focal * (place.Y - EyeHeight) / place.Z));

    /// <summary>Returns the distance along Z of each sample's ground or water, infinite for the sky: [height, width].</summary>
    /// <remarks>Goes through each column from front to back in slices of one height; a slice covers the rows that no nearer slice
    /// covers.</remarks>
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
                // Rows between two slices have distances between theirs; the steps are small enough to use this slice's distance.
                for (; top > row; top--)
                    distances[((top - 1) * width) + x] = z;
            }
        });
        return distances;
    }
}
