using System.Numerics;

namespace Wct.Samples.Mosaics;

/// <summary>A stone of the mosaic.</summary>
/// <param name="Place">The stone's center, in 0 to 1.</param>
/// <param name="Part">The part of the motif to which the stone belongs.</param>
/// <param name="Along">Unit vector along two of its sides.</param>
/// <param name="Color">The stone's color, before random variation.</param>
/// <param name="Gloss">How strongly the stone glints: stone little, glass and gold much.</param>
internal readonly record struct Seed(Vector2 Place, int Part, Vector2 Along, Vector3 Color, float Gloss)
{
    /// <summary>Returns the larger of the distances along the sides; points at equal distance form a square around the center.</summary>
    internal float Distance(Vector2 p)
    {
        Vector2 way = p - Place;
        float along = (way.X * Along.X) + (way.Y * Along.Y), across = (way.X * -Along.Y) + (way.Y * Along.X);
        return Math.Max(Math.Abs(along), Math.Abs(across));
    }
}

/// <summary>The stone to which a point belongs.</summary>
/// <param name="Seed">The stone's number; -1 if there is none.</param>
/// <param name="Distance">Distance to the stone's center.</param>
/// <param name="Gap">How much greater the distance to the next stone's center is; 0 at the border between the two.</param>
internal readonly record struct Nearest(int Seed, float Distance, float Gap);
