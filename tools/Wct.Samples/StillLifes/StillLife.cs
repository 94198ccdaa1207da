using System.Numerics;

namespace Wct.Samples.StillLifes;

/// <summary>Fruit, a bowl and a bottle on a wooden table by a window, drawn by ray tracing.</summary>
internal static class StillLife
{
    private const int Width = 1440, Height = 960;

    private static readonly Vector3 Eye = new(0.2f, 2.15f, -5.6f), Forward = Vector3.Normalize(new Vector3(0, -0.27f, 1)),
        Up = Vector3.Cross(Forward, Vector3.UnitX);

    internal static Canvas Draw()
    {
        Canvas canvas = new(Width, Height);
        canvas.FillPixels((x, y) =>
        {
            float right = (x + 0.5f - (Width / 2)) / Width * 0.86f, up = ((Height / 2) - y - 0.5f) / Width * 0.86f;
            Ray ray = new(Eye, Vector3.Normalize(Forward + (Vector3.UnitX * right) + (Up * up)));
            float corner = 1 - (0.9f * ((right * right) + (up * up)));
            return Color.Expose(Tracer.Light(ray, mirrored: false) * corner, 1.35f);
        });
        return canvas;
    }
}
