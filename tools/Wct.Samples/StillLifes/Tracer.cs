using System.Numerics;

namespace Wct.Samples.StillLifes;

/// <summary>Computes the light along a ray: directly from the window, uniformly from the room, and reflected once by glossy
/// surfaces.</summary>
internal static class Tracer
{
    private static readonly Vector3 Daylight = new(2.5f, 2.3f, 2.0f), Fill = new(0.30f, 0.31f, 0.36f);

    /// <summary>Returns the light that arrives along a ray.</summary>
    /// <param name="mirrored">Whether the ray has already been reflected and ends here.</param>
    internal static Vector3 Light(Ray ray, bool mirrored)
    {
        Solid? solid = Nearest(ray, out float distance);
        Vector3 p, normal, color;
        Skin? skin = solid?.Skin;
        if (solid is not null)
        {
            p = ray.At(distance);
            normal = solid.Normal(p);
            Vector3 local = Upright(p - solid.Middle, solid.Axis);
            color = skin!.Color(local);
            if (skin.Bumps > 0)
                normal = Vector3.Normalize(normal + (Pores(local) * skin.Bumps));
        }
        else
        {
            float table = ray.Along.Y < 0 ? -ray.From.Y / ray.Along.Y : float.PositiveInfinity;
            float wall = ray.Along.Z > 0 ? (Room.WallZ - ray.From.Z) / ray.Along.Z : float.PositiveInfinity;
            if (float.IsPositiveInfinity(Math.Min(table, wall)))
                return Surroundings(ray);
            p = ray.At(Math.Min(table, wall));
            (normal, color) = table < wall ? (Vector3.UnitY, Room.Wood(p.X, p.Z)) : (-Vector3.UnitZ, Room.Plaster(p.X, p.Y));
        }

        Vector3 light = Lit(p, normal) * color;
        if (skin is null || mirrored)
            return light;
        float facing = Math.Clamp(1 - Math.Abs(Vector3.Dot(ray.Along, normal)), 0, 1);
        float mirror = skin.Gloss + ((1 - skin.Gloss) * MathF.Pow(facing, 5) * (skin.Sharpness > 100 ? 0.8f : 0.25f));
        Vector3 back = Vector3.Reflect(ray.Along, normal);
        float highlight = MathF.Pow(Math.Max(0, Vector3.Dot(back, Vector3.Normalize(Room.Window - p))), skin.Sharpness);
        Vector3 seen = skin.Sharpness > 100 ? Light(new Ray(p + (normal * 0.003f), back), mirrored: true) : Fill;
        return light + (seen * mirror) + (Daylight * (highlight * (0.12f + (3 * skin.Gloss))));
    }

    private static Solid? Nearest(Ray ray, out float distance)
    {
        Solid? nearest = null;
        distance = float.PositiveInfinity;
        foreach (Solid solid in Arrangement.Solids)
        {
            float hit = solid.Hit(ray);
            if (hit < distance)
                (nearest, distance) = (solid, hit);
        }

        return nearest;
    }

    private static Vector3 Lit(Vector3 p, Vector3 normal)
    {
        float open = 1;
        foreach (Solid solid in Arrangement.Solids)
            open *= 1 - Math.Min(0.9f, solid.Hides(p, normal));
        Vector3 way = Room.Window - p;
        float cosine = Vector3.Dot(Vector3.Normalize(way), normal);
        Vector3 light = Fill * open * (0.75f + (0.25f * normal.Y));
        return cosine <= 0 ? light
            : light + (Daylight * (cosine * 40 / way.LengthSquared() * Seen(new Ray(p + (normal * 0.006f), Vector3.Normalize(way)))));
    }

    // Returns how much of the window is visible along a ray to its center.
    private static float Seen(Ray ray)
    {
        float seen = 1;
        for (int i = 0; i < Arrangement.Solids.Length && seen > 0; i++)
            seen = Math.Min(seen, Arrangement.Solids[i].LetsPass(ray, Room.Spread));
        return seen;
    }

    // Returns what a reflected ray sees of the room behind the viewer: dim light, and the window with its bars.
    private static Vector3 Surroundings(Ray ray)
    {
        float t = (Room.Window.Z - ray.From.Z) / Math.Min(ray.Along.Z, -1e-3f);
        Vector3 p = ray.At(t) - Room.Window;
        bool window = Math.Abs(p.X) < 1.3f && Math.Abs(p.Y) < 1.7f && Math.Abs(p.X) > 0.09f && Math.Abs(p.Y) > 0.09f;
        return window ? Daylight * 2.5f : Fill * (0.5f + (0.4f * ray.Along.Y));
    }

    private static Vector3 Upright(Vector3 p, Vector3 axis)
    {
        float height = Vector3.Dot(p, axis);
        Vector3 side = Vector3.Normalize(Vector3.Cross(axis, Vector3.UnitZ)), front = Vector3.Cross(side, axis);
        return new Vector3(Vector3.Dot(p, side), height, Vector3.Dot(p, front));
    }

    private static Vector3 Pores(Vector3 p) =>
        new(Noise.At(p.X * 34, (p.Y + p.Z) * 34, 143), Noise.At(p.Y * 34, (p.Z - p.X) * 34, 144),
            Noise.At(p.Z * 34, (p.X + p.Y) * 34, 145));
}
