namespace Wct.Kernels.Ilgpu.Tiles;

/// <summary>Four neighboring output channels.</summary>
internal readonly struct Quad(float x, float y, float z, float w)
{
    internal readonly float X = x, Y = y, Z = z, W = w;

    /// <summary>Computes sum + weight·value for each channel.</summary>
    internal static Quad MultiplyAdd(Quad sum, Quad weight, float value) => new(
        sum.X + weight.X * value, sum.Y + weight.Y * value, sum.Z + weight.Z * value, sum.W + weight.W * value);

    internal static Quad Add(Quad a, Quad b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z, a.W + b.W);

    internal static Quad Max(Quad a, Quad b) => new(Math.Max(a.X, b.X), Math.Max(a.Y, b.Y), Math.Max(a.Z, b.Z), Math.Max(a.W, b.W));
}
