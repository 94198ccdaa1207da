using Wct.Kernels;
using Wct.Net;

namespace Wct.Training.Losses;

/// <summary>Runs the loss network on the pictures of loss terms, before the first step.</summary>
/// <remarks>Valid during <see cref="IPreparedLossTerm.Prepare"/>.</remarks>
public sealed class LossPreparation
{
    private readonly Action<PixelImage, IReadOnlyList<string>, Action<string, Tensor>> _run;
    private readonly Func<PixelImage, PixelImage> _style;
    private readonly Func<string, int> _channels;

    /// <param name="backend">The backend of all tensors.</param>
    /// <param name="width">Width of the optimized picture in pixels.</param>
    /// <param name="height">Height of the optimized picture in pixels.</param>
    /// <param name="visible">The visible pixels of the optimized picture; null if all are.</param>
    /// <param name="style">Changes a style's size and colors as the run's options ask for.</param>
    /// <param name="run">Runs the network on an RGB picture, and passes the features at each tap.</param>
    /// <param name="channels">The number of channels at a tap.</param>
    internal LossPreparation(
        TrainingBackend backend, int width, int height, StyleMask? visible, Func<PixelImage, PixelImage> style,
        Action<PixelImage, IReadOnlyList<string>, Action<string, Tensor>> run, Func<string, int> channels)
    {
        (Backend, Width, Height, Visible) = (backend, width, height, visible);
        (_style, _run, _channels) = (style, run, channels);
    }

    /// <summary>The backend of all tensors.</summary>
    public TrainingBackend Backend { get; }

    /// <summary>Width in pixels of the picture that is optimized, at the current size.</summary>
    public int Width { get; }

    /// <summary>Height in pixels of the picture that is optimized, at the current size.</summary>
    public int Height { get; }

    /// <summary>The visible pixels of the picture that is optimized; null if all are.</summary>
    internal StyleMask? Visible { get; }

    /// <summary>The shape of the optimized picture's features at a tap.</summary>
    internal TensorShape ShapeAt(string tap) => LossTap.ShapeAt(tap, new TensorShape(_channels(tap), Height, Width));

    /// <summary>Computes a style's features. While the optimized picture is smaller than its final size, the style is reduced as
    /// much.</summary>
    /// <param name="style">The style's picture.</param>
    /// <param name="taps">Taps of the network.</param>
    /// <param name="use">Called once for each tap with the features, [C, h, w], which are valid during the call.</param>
    public void Style(PixelImage style, IReadOnlyList<string> taps, Action<string, Tensor> use)
    {
        ArgumentNullException.ThrowIfNull(style);
        _run(_style(style), taps, use);
    }

    /// <summary>Computes the features of a picture that is resized to the optimized one's size.</summary>
    /// <param name="content">The picture.</param>
    /// <param name="taps">Taps of the network.</param>
    /// <param name="use">Called once for each tap with the features, [C, h, w], which are valid during the call.</param>
    public void Content(PixelImage content, IReadOnlyList<string> taps, Action<string, Tensor> use)
    {
        ArgumentNullException.ThrowIfNull(content);
        PixelImage rgb = content.ToRgb();
        bool fits = (rgb.Width, rgb.Height) == (Width, Height);
        _run(fits ? rgb : Resizing.To((Pixels)rgb, Width, Height), taps, use);
    }
}
