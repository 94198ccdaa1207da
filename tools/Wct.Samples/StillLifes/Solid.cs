using System.Numerics;

namespace Wct.Samples.StillLifes;

/// <summary>A body of revolution. Its surface is where a function of height and distance from the axis is 0.</summary>
/// <param name="Middle">Center of a sphere that contains the body.</param>
/// <param name="Reach">Radius of this sphere.</param>
/// <param name="Axis">The axis, a unit vector.</param>
/// <param name="Outside">
/// The approximate distance of a point from the body, negative inside. Arguments are the distance from the axis and the height above the
/// center.
/// </param>
/// <param name="Skin">The body's material.</param>
internal sealed record Solid(Vector3 Middle, float Reach, Vector3 Axis, Func<float, float, float> Outside, Skin Skin)
{
    /// <summary>Creates a ball.</summary>
    internal static Solid Ball(Vector3 middle, float radius, Vector3 axis, Skin skin) =>
        new(middle, radius * 1.001f, axis, (r, h) => MathF.Sqrt((r * r) + (h * h)) - radius, skin);

    /// <summary>Returns the distance along the ray to the surface, or infinity if the ray misses the body.</summary>
    internal float Hit(Ray ray)
    {
        Vector3 way = ray.From - Middle;
        float b = Vector3.Dot(way, ray.Along), root = (b * b) - way.LengthSquared() + (Reach * Reach);
        if (root < 0)
            return float.PositiveInfinity;
        root = MathF.Sqrt(root);
        float end = root - b;
        // No step is longer than the distance to the surface, so that thin parts aren't missed.
        float t = Math.Max(0, -b - root);
        for (int i = 0; i < 60 && t < end; i++)
        {
            float outside = At(ray.At(t));
            if (outside < 5e-4f)
                return t;
            t += outside * 0.8f;
        }

        return float.PositiveInfinity;
    }

    /// <summary>Returns how much of a lamp is visible past this body, 0 to 1. A ray that passes closely sees a part of the lamp.</summary>
    /// <param name="spread">Half the lamp's width divided by its distance.</param>
    internal float LetsPass(Ray ray, float spread)
    {
        Vector3 way = Middle - ray.From;
        float nearest = Vector3.Dot(way, ray.Along), reach = Reach + (spread * Math.Max(0, nearest));
        float root = (nearest * nearest) - way.LengthSquared() + (reach * reach);
        if (root < 0 || nearest < -Reach)
            return 1;
        root = MathF.Sqrt(root);
        float open = 1;
        float t = Math.Max(0.01f, nearest - root), end = nearest + root;
        for (int i = 0; i < 40 && t < end && open > 0; i++)
        {
            float outside = At(ray.At(t));
            open = Math.Min(open, 0.5f + (0.5f * outside / (spread * t)));
            t += Math.Max(0.02f, Math.Abs(outside) * 0.7f);
        }

        return Ramp.Smooth(0, 1, open);
    }

    /// <summary>Returns the unit normal of the surface, pointing outward.</summary>
    internal Vector3 Normal(Vector3 p)
    {
        const float Step = 1e-3f;
        float here = At(p);
        return Vector3.Normalize(
            new Vector3(
                At(p + new Vector3(Step, 0, 0)) - here, At(p + new Vector3(0, Step, 0)) - here, At(p + new Vector3(0, 0, Step)) - here));
    }

    /// <summary>Returns approximately how much of the sky over a surface this body hides, which makes corners and undersides
    /// dark.</summary>
    internal float Hides(Vector3 p, Vector3 normal)
    {
        Vector3 way = Middle - p;
        float squared = Math.Max(way.LengthSquared(), Reach * Reach);
        return Math.Max(0, 0.25f + (0.75f * Vector3.Dot(way, normal) / MathF.Sqrt(squared))) * Reach * Reach / squared * 0.55f;
    }

    private float At(Vector3 p)
    {
        Vector3 way = p - Middle;
        float height = Vector3.Dot(way, Axis);
        return Outside(MathF.Sqrt(Math.Max(0, way.LengthSquared() - (height * height))), height);
    }
}
