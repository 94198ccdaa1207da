namespace Wct.Kernels.Convolutions.Winograd;

/// <summary>Describes where the six rows and columns of a window are stored, and whether the window comes from an upsampled map.</summary>
internal interface IWindow
{
    /// <summary>Offset in stored pixels of a row or column of the window, counted from the first one.</summary>
    /// <param name="index">Row or column of the window, 0 to 5.</param>
    static abstract int Pixel(int index);

    /// <summary>Whether the map was upsampled by two: rows (and columns) 1 and 2 are equal, and so are 3 and 4.</summary>
    /// <remarks>
    /// With e = d4 - d2 = d3 - d1, Bᵀ·d is 0 at the interpolation point -1, 3·e at 2 and -e at -2. So only 25 of the 36 products are
    /// needed, and only 16 different inputs: row and column 2 are left out, 3 and 4 share e, and the output transform applies the factors 3
    /// and -1.
    /// </remarks>
    static abstract bool IsUpsampled { get; }
}

/// <summary>Six neighboring pixels.</summary>
internal readonly struct PlainWindow : IWindow
{
    public static bool IsUpsampled => false;

    public static int Pixel(int index) => index;
}

/// <summary>Six neighboring pixels of an upsampled map, read from the map before upsampling: its pixels 0 1 1 2 2 3.</summary>
internal readonly struct UpsampledWindow : IWindow
{
    public static bool IsUpsampled => true;

    public static int Pixel(int index) => (index + 1) / 2;
}

/// <summary>Six neighboring pixels of an upsampled map, copied to a patch because the window crosses the border.</summary>
internal readonly struct UpsampledPatch : IWindow
{
    public static bool IsUpsampled => true;

    public static int Pixel(int index) => index;
}
