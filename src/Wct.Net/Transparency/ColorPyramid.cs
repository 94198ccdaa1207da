namespace Wct.Net.Transparency;

/// <summary>A picture's visible colors at ever smaller sizes, from cells of 4x4 pixels up to one cell that is the whole picture.</summary>
/// <remarks>
/// Push and pull: going up, a cell gets the mean of its visible pixels; going down again, a cell without any gets its color from the next
/// size, interpolated. It takes a third of a byte per pixel. Whole numbers only, and each cell depends on the picture alone: the same
/// bytes whole and in bands.
/// </remarks>
internal sealed class ColorPyramid
{
    /// <summary>Sides of the smallest cells, in pixels.</summary>
    internal const int Cell = 4;

    // Of a picture without a visible pixel; nobody sees it.
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

    /// <summary>The smallest cells: to be set before <see cref="Complete"/>, complete after it.</summary>
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
