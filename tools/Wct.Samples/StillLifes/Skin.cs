using System.Numerics;

namespace Wct.Samples.StillLifes;

/// <summary>The material of a surface.</summary>
/// <param name="Color">The color by place, relative to the body's center with its axis upright.</param>
/// <param name="Gloss">Reflectance at perpendicular view, 0 to 1.</param>
/// <param name="Sharpness">Exponent of the highlight.</param>
/// <param name="Bumps">Depth of the pores.</param>
internal sealed record Skin(Func<Vector3, Vector3> Color, float Gloss, float Sharpness, float Bumps = 0);
