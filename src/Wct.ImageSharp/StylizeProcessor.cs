using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing.Processors;

namespace Wct.ImageSharp;

/// <summary>Stylizes all frames of an image, or a rectangle of them.</summary>
internal sealed class StylizeProcessor(StylizeRequest request) : IImageProcessor
{
    /// <inheritdoc/>
    public IImageProcessor<TPixel> CreatePixelSpecificProcessor<TPixel>(
        Configuration configuration, Image<TPixel> source, Rectangle sourceRectangle)
        where TPixel : unmanaged, IPixel<TPixel> =>
        new FrameProcessor<TPixel>(request, configuration, source, sourceRectangle);
}
