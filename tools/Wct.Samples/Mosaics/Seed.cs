using System.Numerics;

namespace Wct.Samples.Mosaics;

/// <summary>A stone of the mosaic.</summary>
/// <param name="Place">Its middle, in 0 to 1.</param>
/// <param name="Part">What of the motif it belongs to.</param>
/// <param name="Along">Unit vector along two of its sides.</param>
/// <param name="Color">Its color, before chance has had its part.</param>
/// <param name="Gloss">How strongly it glints: stone little, glass and gold much.</param>
internal readonly record struct Seed(Vector2 Place, int Part, Vector2 Along, Vector3 Color, float Gloss)
{
    /// <summary>The larger of the distances along the sides: what is equally far in this measure is a square around the middle.</summary>
    internal float Distance(Vector2 p)
    {
        Vector2 way = p - Place;
        float along = (way.X * Along.X) + (way.Y * Along.Y), across = (way.X * -Along.Y) + (way.Y * Along.X);
        return Math.Max(Math.Abs(along), Math.Abs(across));
    }
}

/// <summary>The stone that a point belongs to.</summary>
/// <param name="Seed">Its number, or -1 where there is none.</param>
/// <param name="Distance">How far its middle is.</param>
/// <param name="Gap">How much further that of the next one is: 0 at the border between them.</param>
internal readonly record struct Nearest(int Seed, float Distance, float Gap);
