namespace Wct.Net;

// Pixels whose vectors can be trusted.
public sealed partial class FlowField
{
    /// <summary>Finds the pixels of the first picture that the second one shows too. The others leave the picture, are unknown, lie at a
    /// motion boundary, where vectors are inaccurate, or are hidden in the second picture.</summary>
    /// <param name="reverse">The motion from the second picture to the first one, of the same size; it finds hidden pixels. Null skips this
    /// check.</param>
    /// <returns>255 for the pixels that both pictures show, 0 for the others.</returns>
    /// <exception cref="ArgumentException">The reverse field has another size.</exception>
    /// <remarks>
    /// <para>Sundaram et al., "Dense Point Trajectories by GPU-Accelerated Large Displacement Optical Flow", 2010, as in Ruder et al. 2016,
    /// section 3. With w = (u, v), and w' as the reverse field at the position to which w leads:</para>
    /// <para>hidden: |w + w'|² &gt; 0.01·(|w|² + |w'|²) + 0.5</para>
    /// <para>motion boundary: |∇u|² + |∇v|² &gt; 0.01·|w|² + 0.002</para>
    /// <para>∇ are central differences; the border's vectors are repeated outside.</para>
    /// </remarks>
    public StyleMask Consistency(FlowField? reverse = null)
    {
        if (reverse is not null)
            CheckSize(reverse.Width, reverse.Height, nameof(reverse));
        byte[] shares = new byte[Width * Height];
        for (int y = 0, i = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++, i++)
            {
                // Comparisons with NaN are false. So an unknown vector, and one beside it, isn't consistent.
                if (StaysInside(x, y) && IsSmooth(x, y) && (reverse is null || Returns(x, y, reverse)))
                    shares[i] = byte.MaxValue;
            }
        }

        return StyleMask.Owning(shares, Width, Height);
    }

    private bool StaysInside(int x, int y)
    {
        (float u, float v) = At(x, y);
        return x + u >= 0 && x + u <= Width - 1 && y + v >= 0 && y + v <= Height - 1;
    }

    private bool IsSmooth(int x, int y)
    {
        (float u, float v) = At(x, y);
        (float leftU, float leftV) = At(Math.Max(x - 1, 0), y);
        (float rightU, float rightV) = At(Math.Min(x + 1, Width - 1), y);
        (float aboveU, float aboveV) = At(x, Math.Max(y - 1, 0));
        (float belowU, float belowV) = At(x, Math.Min(y + 1, Height - 1));
        float change = Squares(rightU - leftU, rightV - leftV) + Squares(belowU - aboveU, belowV - aboveV);
        // A central difference is half of the difference of the neighbors.
        return change / 4 <= 0.01f * Squares(u, v) + 0.002f;
    }

    private bool Returns(int x, int y, FlowField reverse)
    {
        (float u, float v) = At(x, y);
        Position target = Target(x, y);
        float backU = target.Interpolate<float>(reverse._vectors, 2), backV = target.Interpolate<float>(reverse._vectors.AsSpan(1), 2);
        return Squares(u + backU, v + backV) <= 0.01f * (Squares(u, v) + Squares(backU, backV)) + 0.5f;
    }

    private (float U, float V) At(int x, int y)
    {
        int i = 2 * (y * Width + x);
        return (_vectors[i], _vectors[i + 1]);
    }

    private static float Squares(float first, float second) => first * first + second * second;
}
