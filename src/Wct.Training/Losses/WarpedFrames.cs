using System.Globalization;
using System.Runtime.InteropServices;
using Wct.Net;
using Wct.Net.Recipes;
using Wct.Training.Optimization;

namespace Wct.Training.Losses;

/// <summary>Results of earlier frames, moved to the place of the frame that is optimized. Each pixel has the nearest frame that shows
/// it.</summary>
internal sealed class WarpedFrames
{
    private const int Colors = 3;

    private readonly EarlierFrame[] _frames;
    private readonly StyleMask[] _weights;

    /// <param name="frames">At least one, the nearest first.</param>
    /// <exception cref="ArgumentException">There is no frame, or a size differs.</exception>
    internal WarpedFrames(IReadOnlyList<EarlierFrame> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count == 0)
            throw new ArgumentException("There are 0 earlier frames, at least one is needed.", nameof(frames));
        _frames = [.. frames];
        for (int i = 0; i < _frames.Length; i++)
            Check(_frames[i], _frames[0].Flow, i + 1);
        _weights = LongTermWeights([.. _frames.Select(frame => frame.Flow.Consistency(frame.ReverseFlow))]);
    }

    /// <summary>Identifies the frames in checkpoints.</summary>
    internal string Description { get => field ??= string.Join(", ", _frames.Select(Describe)); }

    /// <summary>The weights of frames, so that each counts only where no nearer one is consistent.</summary>
    /// <param name="consistent">c of each frame, the nearest first, of the same size.</param>
    /// <returns>max(c - Σ of the nearer frames' c, 0).</returns>
    /// <remarks>Ruder et al. 2016, section 4.3.</remarks>
    internal static StyleMask[] LongTermWeights(IReadOnlyList<StyleMask> consistent)
    {
        (int width, int height) = (consistent[0].Width, consistent[0].Height);
        int[] nearer = new int[width * height];
        StyleMask[] weights = new StyleMask[consistent.Count];
        for (int frame = 0; frame < weights.Length; frame++)
        {
            byte[] own = new byte[nearer.Length];
            for (int i = 0; i < own.Length; i++)
            {
                int share = consistent[frame].Shares[i];
                own[i] = (byte)Math.Max(share - nearer[i], 0);
                nearer[i] += share;
            }

            weights[frame] = StyleMask.Owning(own, width, height);
        }

        return weights;
    }

    /// <summary>Warps the results for a size of the picture. Fields and results are resized to it; weights are those of the full
    /// size.</summary>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture.</param>
    internal WarpedPicture At(int width, int height)
    {
        WarpedPicture picture = new(width, height);
        float[] channel = new float[width * height];
        for (int frame = 0; frame < _frames.Length; frame++)
        {
            FlowField flow = _frames[frame].Flow.Resize(width, height);
            PixelImage result = ScaledPictures.Resized(_frames[frame].Result.ToRgb(), width, height);
            StyleMask weights = MaskPicture.Resized(_weights[frame], width, height);
            picture.Add(weights.Shares);
            for (int c = 0; c < Colors; c++)
            {
                flow.WarpChannel<byte>(result.Bytes.AsSpan(c), Colors, channel);
                picture.Add(weights.Shares, channel, c);
            }
        }

        picture.Complete();
        return picture;
    }

    private static void Check(EarlierFrame frame, FlowField first, int number)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(frame.Result);
        ArgumentNullException.ThrowIfNull(frame.Flow);
        CheckSize("flow field", frame.Flow.Width, frame.Flow.Height);
        CheckSize("result", frame.Result.Width, frame.Result.Height);
        if (frame.ReverseFlow is { } reverse)
            CheckSize("reverse flow field", reverse.Width, reverse.Height);

        void CheckSize(string what, int width, int height)
        {
            if ((width, height) != (first.Width, first.Height))
                throw new ArgumentException(
                    $"The {what} of earlier frame {number} is {width}x{height}, the first flow field is {first.Width}x{first.Height}.");
        }
    }

    private static string Describe(EarlierFrame frame) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Fingerprint.Of(frame.Result)} by {Hash(frame.Flow)} and {(frame.ReverseFlow is { } reverse ? Hash(reverse) : "none")}");

    private static string Hash(FlowField flow) => Fingerprint.Of(MemoryMarshal.AsBytes(flow.Vectors));
}
