namespace Wct.Testing;

/// <summary>Frames of a textured square that moves over a texture, with their exact motion.</summary>
public static class MovingSquare
{
    /// <summary>Size of the frames.</summary>
    public const int Width = 48, Height = 40;

    /// <summary>The square's motion from one frame to the next, in pixels.</summary>
    public const int StepX = 3, StepY = 2;

    private const int Left = 8, Top = 7, Side = 16;

    private static readonly PixelImage Ground = Pictures.Textured(Width, Height, 3), Square = Pictures.Textured(Width, Height, 8);

    /// <summary>A frame, from 0 on.</summary>
    public static PixelImage Frame(int number)
    {
        PixelImage frame = new(Width, Height);
        for (int i = 0; i < Width * Height; i++)
        {
            (int x, int y) = (i % Width, i / Width);
            bool inside = IsInside(number, x, y);
            int from = inside ? i - number * (StepY * Width + StepX) : i;
            (inside ? Square : Ground).Bytes.AsSpan(3 * from, 3).CopyTo(frame.Bytes.AsSpan(3 * i));
        }

        return frame;
    }

    /// <summary>The motion from a frame to another one: [Height, Width, 2].</summary>
    public static float[] Flow(int from, int to)
    {
        float[] vectors = new float[2 * Width * Height];
        for (int i = 0; i < Width * Height; i++)
        {
            if (IsInside(from, i % Width, i / Width))
                (vectors[2 * i], vectors[2 * i + 1]) = ((to - from) * StepX, (to - from) * StepY);
        }

        return vectors;
    }

    /// <summary>Whether another frame shows what a frame shows at a pixel.</summary>
    public static bool IsShown(int from, int to, int x, int y) => IsInside(from, x, y) || !IsInside(to, x, y);

    /// <summary>Whether a pixel of a frame is beside the square's edge, on either side of it.</summary>
    public static bool IsAtEdge(int number, int x, int y)
    {
        bool inside = IsInside(number, x, y);
        return IsInside(number, x - 1, y) != inside || IsInside(number, x + 1, y) != inside || IsInside(number, x, y - 1) != inside
            || IsInside(number, x, y + 1) != inside;
    }

    /// <summary>The mean squared difference of a result from the previous frame's result, at the pixels that both frames show.</summary>
    /// <param name="result">RGB.</param>
    /// <param name="number">The frame's number.</param>
    /// <param name="previous">RGB.</param>
    public static double WarpingError(PixelImage result, int number, PixelImage previous)
    {
        float[] flow = Flow(number, number - 1);
        (double sum, int count) = (0, 0);
        for (int i = 0; i < Width * Height; i++)
        {
            if (!IsShown(number, number - 1, i % Width, i / Width))
                continue;
            int from = i + (int)flow[2 * i + 1] * Width + (int)flow[2 * i];
            for (int c = 0; c < 3; c++, count++)
                sum += Math.Pow(result.Bytes[3 * i + c] - previous.Bytes[3 * from + c], 2);
        }

        return sum / count;
    }

    private static bool IsInside(int number, int x, int y)
    {
        (int left, int top) = (Left + number * StepX, Top + number * StepY);
        return x >= left && x < left + Side && y >= top && y < top + Side;
    }
}
