using Wct.Imaging;
using Wct.Samples.Brushwork;
using Wct.Samples.Icons;
using Wct.Samples.Landscapes;
using Wct.Samples.Mosaics;
using Wct.Samples.StillLifes;
using Wct.Samples.Woodcuts;

namespace Wct.Samples;

/// <summary>A picture that this project draws.</summary>
/// <param name="FileName">The file that it is kept in, below <c>samples</c>.</param>
/// <param name="Draw">Draws it, the same at every call.</param>
internal sealed record Sample(string FileName, Func<Canvas> Draw)
{
    /// <summary>Every sample: contents first, then styles, and the icon.</summary>
    internal static IReadOnlyList<Sample> All { get; } =
    [
        new("landscape.jpg", Landscape.Draw),
        new("stilllife.jpg", StillLife.Draw),
        new("brush.jpg", Brush.Draw),
        new("woodcut.jpg", Woodcut.Draw),
        new("mosaic.jpg", Mosaic.Draw),
        new("icon.png", Icon.Draw),
    ];

    /// <summary>Draws the picture into a file.</summary>
    internal void Write(string path) => ImageFile.Write(path, Draw().ToImage(), new JpegWriteOptions { Quality = 90 });
}
