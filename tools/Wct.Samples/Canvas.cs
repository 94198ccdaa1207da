using System.Numerics;
using Wct.Imaging;

namespace Wct.Samples;

/// <summary>A picture to draw on, in linear light. It is twice as wide and high as the final picture, so that halving it smooths
/// edges.</summary>
/// <param name="width">Samples per row, even.</param>
/// <param name="height">Rows of samples, even.</param>
internal sealed class Canvas(int width, int height)
{
    private readonly Vector3[] _light = new Vector3[width * height];

    /// <summary>Samples per row.</summary>
    internal int Width => width;

    /// <summary>Rows of samples.</summary>
    internal int Height => height;

    /// <summary>A sample; the top left one is (0, 0).</summary>
    internal ref Vector3 this[int x, int y] => ref _light[(y * width) + x];

    /// <summary>Sets each sample to the color that a function returns for its place. Several threads call the function, in no particular
    /// order.</summary>
    internal void Fill(Func<int, int, Vector3> color) => Parallel.For(0, height, y =>
    {
        for (int x = 0; x < width; x++)
            this[x, y] = color(x, y);
    });

    /// <summary>Like <see cref="Fill"/>, for slow functions: computes four samples per pixel only where pixels differ, and one
    /// elsewhere.</summary>
    internal void FillPixels(Func<int, int, Vector3> color)
    {
        Parallel.For(0, height / 2, y =>
        {
            for (int x = 0; x < width; x += 2)
                this[x, 2 * y] = color(x, 2 * y);
        });
        // The first sample of each pixel stays unchanged, so that threads can compare them while others compute the rest.
        Parallel.For(0, height / 2, row =>
        {
            int y = 2 * row;
            for (int x = 0; x < width; x += 2)
            {
                bool edge = IsEdge(x, y);
                for (int i = 1; i < 4; i++)
                    this[x + (i & 1), y + (i >> 1)] = edge ? color(x + (i & 1), y + (i >> 1)) : this[x, y];
            }
        });
    }

    /// <summary>Draws a straight line whose width changes linearly; parts outside the canvas are left out.</summary>
    internal void Line(Vector2 from, Vector2 to, float fromWidth, float toWidth, Vector3 color)
    {
        float reach = (Math.Max(fromWidth, toWidth) / 2) + 1;
        Vector2 low = Vector2.Min(from, to) - new Vector2(reach), high = Vector2.Max(from, to) + new Vector2(reach);
        Vector2 along = to - from;
        float scale = 1 / Math.Max(along.LengthSquared(), 1e-6f);
        for (int y = Math.Max(0, (int)low.Y); y <= Math.Min(height - 1, (int)high.Y); y++)
        {
            for (int x = Math.Max(0, (int)low.X); x <= Math.Min(width - 1, (int)high.X); x++)
            {
                Vector2 p = new Vector2(x + 0.5f, y + 0.5f) - from;
                float t = Math.Clamp(Vector2.Dot(p, along) * scale, 0, 1);
                float radius = (fromWidth + ((toWidth - fromWidth) * t)) / 2;
                float cover = Math.Clamp(radius + 0.5f - (p - (along * t)).Length(), 0, 1);
                if (cover > 0)
                    this[x, y] = Vector3.Lerp(this[x, y], color, cover);
            }
        }
    }

    /// <summary>Returns the picture at half the size, in sRGB.</summary>
    internal PixelImage ToImage()
    {
        PixelImage bitmap = new(width / 2, height / 2, PixelLayout.Rgb24);
        Parallel.For(0, bitmap.Height, y =>
        {
            Span<byte> row = bitmap.Row(y);
            for (int x = 0; x < bitmap.Width; x++)
            {
                Vector3 mean =
                    (this[2 * x, 2 * y] + this[(2 * x) + 1, 2 * y] + this[2 * x, (2 * y) + 1] + this[(2 * x) + 1, (2 * y) + 1]) / 4;
                (row[3 * x], row[(3 * x) + 1], row[(3 * x) + 2]) = (Color.Encode(mean.X), Color.Encode(mean.Y), Color.Encode(mean.Z));
            }
        });
        return bitmap;
    }

    private bool IsEdge(int x, int y)
    {
        const float Contrast = 0.22f;   // about a fifth in luminance; smaller differences are texture, for which one sample is enough
        float here = Color.Luminance(this[x, y]), low = here, high = here;
        for (int j = Math.Max(0, y - 2); j <= Math.Min(height - 2, y + 2); j += 2)
        {
            for (int i = Math.Max(0, x - 2); i <= Math.Min(width - 2, x + 2); i += 2)
            {
                float there = Color.Luminance(this[i, j]);
                (low, high) = (Math.Min(low, there), Math.Max(high, there));
            }
        }

        return high - low > (Contrast * high) + 0.01f;
    }
}
