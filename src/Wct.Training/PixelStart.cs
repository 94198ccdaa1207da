using Wct.Net;
using Wct.Training.Losses;

namespace Wct.Training;

/// <summary>The picture that an optimization starts from. Immutable.</summary>
public sealed class PixelStart
{
    private readonly PixelImage? _picture;
    private readonly WarpedFrames? _earlier;
    private readonly bool _isNoise;
    private readonly ulong _seed;

    private PixelStart(PixelImage? picture = null, WarpedFrames? earlier = null, bool isNoise = false, ulong seed = 0) =>
        (_picture, _earlier, _isNoise, _seed) = (picture, earlier, isNoise, seed);

    /// <summary>Starts from the content.</summary>
    public static PixelStart Content { get; } = new();

    /// <summary>Starts from random colors. Each pixel's color depends only on the seed and on the pixel's number.</summary>
    /// <param name="seed">Chooses the colors.</param>
    public static PixelStart Noise(ulong seed = 0) => new(isNoise: true, seed: seed);

    /// <summary>Starts from a picture, which is resized if it has another size.</summary>
    /// <param name="picture">The picture. Its bytes must not change while a run uses it.</param>
    public static PixelStart From(PixelImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return new PixelStart(picture);
    }

    /// <summary>Starts from the results of earlier frames of a video, warped by the motion (Ruder et al. 2016, section 4.1). Pixels that no
    /// earlier frame shows start from the content, or from noise if there is none.</summary>
    /// <param name="frames">At least one, the nearest first; all of the same size. They are resized if the picture has another
    /// size.</param>
    /// <exception cref="ArgumentException">There is no frame, or a size differs.</exception>
    public static PixelStart Warped(IReadOnlyList<EarlierFrame> frames) => new(earlier: new WarpedFrames(frames));

    /// <summary>The starting picture.</summary>
    /// <param name="content">The content, [Rgb24]; null if there is none.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    internal PixelImage At(PixelImage? content, int width, int height)
    {
        if (_isNoise || (_picture ?? content) is not { } picture)
        {
            picture = new PixelImage(width, height);
            new NoiseReader(width, height, _seed).ReadRows(picture.Bytes);
        }

        picture = picture.ToRgb();
        picture = (picture.Width, picture.Height) == (width, height) ? picture : Resizing.To((Pixels)picture, width, height);
        return _earlier is null ? picture : _earlier.At(width, height).Over(picture);
    }

    /// <summary>Identifies the start in checkpoints.</summary>
    internal string Describe() => _earlier is not null ? $"warped {_earlier.Description}" : _isNoise ? $"noise {_seed}"
        : _picture is null ? "content" : $"picture {Fingerprint.Of(_picture)}";
}
