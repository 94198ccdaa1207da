namespace Wct.Net.Transparency;

/// <summary>A picture's visible colors at decreasing resolutions, from cells of 4x4 pixels to one cell for the whole picture.</summary>
/// <remarks>
/// Push-pull interpolation: from fine to coarse, a cell gets the mean of its visible pixels; from coarse to fine, a cell without visible
/// pixels gets a color that is interpolated from the next coarser level. It takes a third of a byte per pixel. It uses integers, and each
/// cell depends only on the picture, so whole pictures and bands give the same bytes.
/// </remarks>
internal sealed class ColorPyramid
{
    /// <summary>Side of the finest cells, in pixels.</summary>
    internal const int Cell = 4;

    // The color of a picture without visible pixels.
    private const byte Gray = 128;

    private readonly List<ColorCells> _sizes = [];

    internal ColorPyramid(int width, int height)
    {
        do
        {
            (width, height) = _sizes.Count == 0 ? (Parts(width, Cell), Parts(height, Cell)) : (Parts(width, 2), Parts(height, 2));
            _sizes.Add(new ColorCells(width, height));
        }
        while (width > 1 || height > 1);
    }

    /// <summary>The finest cells. Set the visible ones before <see cref="Complete"/>, which sets the others.</summary>
    internal ColorCells Finest => _sizes[0];

    /// <summary>Gives every cell a color.</summary>
    internal void Complete()
    {
        for (int i = 1; i < _sizes.Count; i++)
            _sizes[i].Average(_sizes[i - 1]);
        if (_sizes[^1].Share(0, 0) == 0)
            _sizes[^1].Set(0, 0, Gray, Gray, Gray, 1);
        for (int i = _sizes.Count - 2; i >= 0; i--)
            _sizes[i].Complete(_sizes[i + 1]);
    }

    private static int Parts(int length, int size) => (length - 1) / size + 1;
}
