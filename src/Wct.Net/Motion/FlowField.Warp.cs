using System.Numerics;

namespace Wct.Net;

// Pictures that are moved along the field.
public sealed partial class FlowField
{
    /// <summary>Moves the second picture to the first one's place: the result at (x, y) is the picture's color at (x + u, y + v), by
    /// bilinear interpolation.</summary>
    /// <param name="picture">[C, Height, Width].</param>
    /// <param name="channels">C, at least 1.</param>
    /// <param name="warped">[C, Height, Width], overwritten; no overlap.</param>
    /// <exception cref="ArgumentException">A length is wrong, or the spans overlap.</exception>
    /// <remarks>Positions outside the picture take the nearest pixel of the border. Unknown vectors count as zero.</remarks>
    public void Warp(ReadOnlySpan<float> picture, int channels, Span<float> warped)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        int pixels = Width * Height;
        CheckLength(picture.Length, nameof(picture));
        CheckLength(warped.Length, nameof(warped));
        if (picture.Overlaps(warped))
            throw new ArgumentException("'warped' overlaps 'picture'.", nameof(warped));
        for (int c = 0; c < channels; c++)
            WarpChannel(picture.Slice(c * pixels, pixels), 1, warped.Slice(c * pixels, pixels));

        void CheckLength(int length, string name)
        {
            if (length != (long)channels * pixels)
                throw new ArgumentException(
                    $"'{name}' has {length} numbers, {channels} channels of {Width}x{Height} need {(long)channels * pixels}.", name);
        }
    }

    /// <summary>Moves the second picture to the first one's place, as <see cref="Warp(ReadOnlySpan{float}, int, Span{float})"/>
    /// does.</summary>
    /// <param name="picture">The second picture, in the field's size. Transparent pixels are blended with white.</param>
    /// <returns>RGB.</returns>
    /// <exception cref="ArgumentException">The picture has another size.</exception>
    public PixelImage Warp(PixelImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        CheckSize(picture.Width, picture.Height, nameof(picture));
        PixelImage rgb = picture.ToRgb(), warped = new(Width, Height);
        float[] channel = new float[Width * Height];
        for (int c = 0; c < Colors; c++)
        {
            WarpChannel<byte>(rgb.Bytes.AsSpan(c), Colors, channel);
            for (int i = 0; i < channel.Length; i++)
                warped.Bytes[Colors * i + c] = (byte)(channel[i] + 0.5f);
        }

        return warped;
    }

    /// <summary>The number of channels of an RGB picture.</summary>
    internal const int Colors = 3;

    /// <summary>Moves one channel of a picture.</summary>
    /// <typeparam name="T">The type of its samples.</typeparam>
    /// <param name="samples">The sample of pixel i is at i times <paramref name="step"/>.</param>
    /// <param name="step">Samples from one pixel to the next.</param>
    /// <param name="warped">[Height, Width].</param>
    internal void WarpChannel<T>(ReadOnlySpan<T> samples, int step, Span<float> warped)
        where T : INumberBase<T>
    {
        for (int y = 0, i = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++, i++)
                warped[i] = Target(x, y).Interpolate(samples, step);
        }
    }

    // Where a pixel's vector leads. Unknown vectors lead to the pixel itself.
    private Position Target(int x, int y)
    {
        int i = 2 * (y * Width + x);
        float u = _vectors[i], v = _vectors[i + 1];
        return float.IsNaN(u) ? new Position(x, y, Width, Height) : new Position(x + u, y + v, Width, Height);
    }

    // A position between four pixels. Outside the picture it is moved to the border.
    private readonly struct Position
    {
        private readonly int _index, _right, _below;
        private readonly float _x, _y;

        internal Position(float x, float y, int width, int height)
        {
            (x, y) = (Math.Clamp(x, 0, width - 1), Math.Clamp(y, 0, height - 1));
            (int left, int top) = ((int)x, (int)y);
            _index = top * width + left;
            // The last column and row are their own neighbors.
            (_right, _below) = (left < width - 1 ? 1 : 0, top < height - 1 ? width : 0);
            (_x, _y) = (x - left, y - top);
        }

        internal float Interpolate<T>(ReadOnlySpan<T> samples, int step)
            where T : INumberBase<T>
        {
            float above = Between(At(samples, _index, step), At(samples, _index + _right, step), _x);
            float below = Between(At(samples, _index + _below, step), At(samples, _index + _below + _right, step), _x);
            return Between(above, below, _y);
        }

        private static float At<T>(ReadOnlySpan<T> samples, int index, int step)
            where T : INumberBase<T> => float.CreateTruncating(samples[index * step]);

        private static float Between(float first, float second, float share) => first + share * (second - first);
    }
}
