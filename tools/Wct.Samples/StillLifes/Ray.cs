using System.Numerics;

namespace Wct.Samples.StillLifes;

/// <summary>A way that light takes, backwards.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="Along">Unit vector.</param>
internal readonly record struct Ray(Vector3 From, Vector3 Along)
{
    /// <summary>The point at a distance.</summary>
    internal Vector3 At(float distance) => From + (Along * distance);
}
