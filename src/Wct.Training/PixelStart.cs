using Wct.Net;

namespace Wct.Training;

/// <summary>The picture that an optimization starts from. Immutable.</summary>
public sealed class PixelStart
{
    private readonly PixelImage? _picture;
    private readonly bool _isNoise;
    private readonly ulong _seed;

    private PixelStart(PixelImage? picture, bool isNoise, ulong seed) => (_picture, _isNoise, _seed) = (picture, isNoise, seed);

    /// <summary>Starts from the content.</summary>
    public static PixelStart Content { get; } = new(picture: null, isNoise: false, seed: 0);

    /// <summary>Starts from random colors. Each pixel's color depends only on the seed and on the pixel's number.</summary>
    /// <param name="seed">Chooses the colors.</param>
    public static PixelStart Noise(ulong seed = 0) => new(picture: null, isNoise: true, seed);

    /// <summary>Starts from a picture, which is resized if it has another size.</summary>
    /// <param name="picture">The picture. Its bytes must not change while a run uses it.</param>
    public static PixelStart From(PixelImage picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return new PixelStart(picture, isNoise: false, seed: 0);
    }

    /// <summary>The starting picture.</summary>
    /// <param name="content">The content, [Rgb24]; null if there is none.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    internal PixelImage At(PixelImage? content, int width, int height)
    {
        if (_isNoise || (_picture ?? content) is not { } picture)
        {
            PixelImage noise = new(width, height);
            new NoiseReader(width, height, _seed).ReadRows(noise.Bytes);
            return noise;
        }

        picture = picture.ToRgb();
        return (picture.Width, picture.Height) == (width, height) ? picture : Resizing.To((Pixels)picture, width, height);
    }

    /// <summary>Identifies the start in checkpoints.</summary>
    internal string Describe() => _isNoise ? $"noise {_seed}" : _picture is null ? "content" : $"picture {Fingerprint.Of(_picture)}";
}
