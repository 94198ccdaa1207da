using Wct.Imaging;

namespace Wct.Training.Progress;

/// <summary>Draws dots and lines in a picture.</summary>
internal static class Canvas
{
    /// <summary>Colors one pixel. Pixels outside the picture are ignored.</summary>
    internal static void Set(PixelImage picture, int x, int y, (byte R, byte G, byte B) color)
    {
        if ((uint)x < (uint)picture.Width && (uint)y < (uint)picture.Height)
            (picture.Row(y)[x * 3], picture.Row(y)[x * 3 + 1], picture.Row(y)[x * 3 + 2]) = color;
    }

    /// <summary>Draws a line, both ends included.</summary>
    internal static void Line(PixelImage picture, double x0, double y0, double x1, double y1, (byte R, byte G, byte B) color)
    {
        int steps = (int)Math.Ceiling(Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0)));
        for (int i = 0; i <= steps; i++)
        {
            double t = steps == 0 ? 0 : (double)i / steps;
            Set(picture, (int)Math.Round(x0 + t * (x1 - x0)), (int)Math.Round(y0 + t * (y1 - y0)), color);
        }
    }
}
