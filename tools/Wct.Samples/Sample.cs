using Wct.Imaging;
using Wct.Samples.Brushwork;
using Wct.Samples.Icons;
using Wct.Samples.Landscapes;
using Wct.Samples.Mosaics;
using Wct.Samples.StillLifes;
using Wct.Samples.Woodcuts;

namespace Wct.Samples;

/// <summary>A picture that this project draws.</summary>
/// <param name="FileName">The picture's file below <c>samples</c>.</param>
/// <param name="Draw">Draws the picture; each call gives the same result.</param>
internal sealed record Sample(string FileName, Func<Canvas> Draw)
{
    /// <summary>All samples: contents, then styles, then the icon.</summary>
    internal static IReadOnlyList<Sample> All { get; } =
    [
        new("landscape.jpg", Landscape.Draw),
        new("stilllife.jpg", StillLife.Draw),
        new("brush.jpg", Brush.Draw),
        new("woodcut.jpg", Woodcut.Draw),
        new("mosaic.jpg", Mosaic.Draw),
        new("icon.png", Icon.Draw),
    ];

    /// <summary>Draws the picture and writes it to a file.</summary>
    internal void Write(string path) => ImageFile.Write(path, Draw().ToImage(), new JpegWriteOptions { Quality = 90 });
}
