namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Upsamples one component to the picture's resolution, row by row.</summary>
/// <remarks>As in libjpeg, a direction is doubled with a triangle filter, and other ratios repeat samples.</remarks>
internal abstract class Upsampler(SamplePlane plane)
{
    /// <summary>The component's samples.</summary>
    protected SamplePlane Plane => plane;

    /// <summary>Creates the upsampler for a component.</summary>
    internal static Upsampler Create(SamplePlane plane, Frame frame)
    {
        Component component = plane.Component;
        bool doubleWidth = component.Horizontal * 2 == frame.MaxHorizontal, doubleHeight = component.Vertical * 2 == frame.MaxVertical;
        bool sameWidth = component.Horizontal == frame.MaxHorizontal, sameHeight = component.Vertical == frame.MaxVertical;
        // Components of one or two columns consist of edges only, so they are not filtered horizontally.
        return (doubleWidth && component.Width > 2, sameWidth, doubleHeight, sameHeight) switch
        {
            (_, true, _, true) => new FullSizeUpsampler(plane),
            (true, _, _, true) => new H2V1Upsampler(plane),
            (true, _, true, _) => new H2V2Upsampler(plane),
            (_, true, true, _) => new H1V2Upsampler(plane),
            _ => new RepeatingUpsampler(plane, frame),
        };
    }

    /// <summary>The last row of the component that the picture's row <paramref name="y"/> depends on.</summary>
    internal abstract int LastSource(int y);

    /// <summary>The component's samples for row <paramref name="y"/> of the picture. They are at least as many as the picture is
    /// wide.</summary>
    /// <returns>Valid until the next call or the next change of the plane.</returns>
    internal abstract ReadOnlySpan<byte> Row(int y);

    /// <summary>The second source row if the height is doubled: the one above the nearest source row for even rows, the one below it for
    /// odd rows.</summary>
    protected static int Neighbor(int y) => (y & 1) == 0 ? (y >> 1) - 1 : (y >> 1) + 1;
}
