using Wct.Net;

namespace Wct.Training;

/// <summary>The result of an earlier frame of a video, and the motion to it from the frame that is optimized.</summary>
/// <param name="Result">The stylized earlier frame, in the field's size. Its bytes must not change while a run uses it.</param>
/// <param name="Flow">The motion from the frame that is optimized to the earlier frame: what the former shows at (x, y), the latter shows
/// at (x + u, y + v).</param>
public sealed record EarlierFrame(PixelImage Result, FlowField Flow)
{
    /// <summary>The motion in the other direction, from the earlier frame to the one that is optimized. It finds pixels that the earlier
    /// frame doesn't show. Null for none: then only motion boundaries, unknown vectors, and those that leave the picture are
    /// found.</summary>
    public FlowField? ReverseFlow { get; init; }
}
