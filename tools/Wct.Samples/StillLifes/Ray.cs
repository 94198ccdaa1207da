using System.Numerics;

namespace Wct.Samples.StillLifes;

/// <summary>A ray of light, followed backward.</summary>
/// <param name="From">The ray's start.</param>
/// <param name="Along">The direction, a unit vector.</param>
internal readonly record struct Ray(Vector3 From, Vector3 Along)
{
    /// <summary>Returns the point at a distance.</summary>
    internal Vector3 At(float distance) => From + (Along * distance);
}
