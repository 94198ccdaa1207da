using System.Numerics;

namespace Wct.Samples.StillLifes;

/// <summary>What a surface is made of.</summary>
/// <param name="Color">The color by place, seen from the body's middle, with its axis upright.</param>
/// <param name="Gloss">How much it mirrors where it is looked at straight, 0 to 1.</param>
/// <param name="Sharpness">Exponent of its highlight.</param>
/// <param name="Bumps">Depth of its pores.</param>
internal sealed record Skin(Func<Vector3, Vector3> Color, float Gloss, float Sharpness, float Bumps = 0);
