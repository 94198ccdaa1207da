namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Brings one component to the picture's resolution, row by row.</summary>
/// <remarks>As libjpeg: a triangle filter where a direction is doubled, otherwise samples are repeated.</remarks>
internal abstract class Upsampler(SamplePlane plane)
{
    /// <summary>The component's samples.</summary>
    protected SamplePlane Plane => plane;

    /// <summary>Chooses the way for a component.</summary>
    internal static Upsampler Create(SamplePlane plane, Frame frame)
    {
        Component component = plane.Component;
        bool doubleWidth = component.Horizontal * 2 == frame.MaxHorizontal, doubleHeight = component.Vertical * 2 == frame.MaxVertical;
        bool sameWidth = component.Horizontal == frame.MaxHorizontal, sameHeight = component.Vertical == frame.MaxVertical;
        // Horizontally, the filter is left out for components so narrow that they are all edge.
        return (doubleWidth && component.Width > 2, sameWidth, doubleHeight, sameHeight) switch
        {
            (_, true, _, true) => new SameUpsampler(plane),
            (true, _, _, true) => new WideningUpsampler(plane),
            (true, _, true, _) => new DoublingUpsampler(plane),
            (_, true, true, _) => new HeighteningUpsampler(plane),
            _ => new RepeatingUpsampler(plane, frame),
        };
    }

    /// <summary>The last row of the component that the picture's row <paramref name="y"/> depends on.</summary>
    internal abstract int LastSource(int y);

    /// <summary>The component's samples for row <paramref name="y"/> of the picture: at least as many as the picture is wide.</summary>
    /// <returns>Valid until the next call or the next change of the plane.</returns>
    internal abstract ReadOnlySpan<byte> Row(int y);

    /// <summary>The neighbor that a doubled row's source is mixed with: the one above for even rows, the one below for odd ones.</summary>
    protected static int Neighbor(int y) => (y & 1) == 0 ? (y >> 1) - 1 : (y >> 1) + 1;
}
