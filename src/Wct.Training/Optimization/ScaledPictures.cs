using Wct.Kernels;
using Wct.Net;
using Wct.Net.Colors;
using Wct.Training.Losses;

namespace Wct.Training.Optimization;

/// <summary>The pictures of a run at one of its sizes.</summary>
internal sealed class ScaledPictures
{
    private readonly TrainingBackend _backend;
    private readonly ColorPreservation _colors;
    private readonly PictureColors? _contentColors;
    private readonly int _halvings;

    /// <param name="backend">The backend that changes colors.</param>
    /// <param name="content">The content at full size; null if there is none.</param>
    /// <param name="width">Width of the result.</param>
    /// <param name="height">Height of the result.</param>
    /// <param name="halvings">How often the sides are halved.</param>
    /// <param name="colors">How the result keeps the content's colors.</param>
    internal ScaledPictures(
        TrainingBackend backend, PixelImage? content, int width, int height, int halvings, ColorPreservation colors)
    {
        (_backend, _colors, _halvings) = (backend, colors, halvings);
        (Width, Height) = (Scaled(width, halvings), Scaled(height, halvings));
        if (content is null)
            return;
        Visible = Visibility.Of(content);
        Content = Resized(content.ToRgb(), Width, Height);
        if (colors.ChangesStyle)
            _contentColors = PictureColors.Of((Pixels)content);
    }

    internal int Width { get; }

    internal int Height { get; }

    /// <summary>The content in this size, RGB; null if there is none.</summary>
    internal PixelImage? Content { get; }

    /// <summary>The visible pixels of the picture that is optimized, in its full size; null if all are visible. By default those of the
    /// content.</summary>
    internal StyleMask? Visible { get; init; }

    /// <summary>Reduces a style as much as the content, and gives it the content's colors if the options ask for that.</summary>
    /// <returns>RGB.</returns>
    internal PixelImage Style(PixelImage style)
    {
        PixelImage rgb = Resized(style.ToRgb(), Scaled(style.Width, _halvings), Scaled(style.Height, _halvings));
        return _contentColors is null ? rgb : Recolored(rgb, PictureColors.Of((Pixels)style), _contentColors);
    }

    /// <summary>Resizes a picture, unless it has the size already.</summary>
    internal static PixelImage Resized(PixelImage picture, int width, int height) =>
        (picture.Width, picture.Height) == (width, height) ? picture : Resizing.To((Pixels)picture, width, height);

    private PixelImage Recolored(PixelImage style, PictureColors own, PictureColors content)
    {
        using Recoloring recoloring = new(_backend, own.Statistics, content.Statistics, _colors);
        PixelImage result = new(style.Width, style.Height);
        if (recoloring.Map is not { } map)
        {
            style.Bytes.AsSpan(0, result.Bytes.Length).CopyTo(result.Bytes);
            recoloring.Apply(result.Bytes);
            return result;
        }

        using Tensor picture = Data.Crop.Load(_backend, style), recolored = _backend.Allocate(picture.Shape);
        _backend.Convolve(picture, map, Activation.Clamp, recolored);
        _backend.StorePixels(recolored, result.Bytes, result.Width, result.Height, result.Stride, result.Layout);
        return result;
    }

    private static int Scaled(int side, int halvings) => Math.Max(1, (int)Math.Round(side / Math.Pow(2, halvings)));
}
