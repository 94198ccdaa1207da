namespace Wct.Kernels.Convolutions.Winograd;

/// <summary>Which stored pixels the six rows and columns of a window are, counted from the first, and what is known of them.</summary>
internal interface IWindow
{
    static abstract int Pixel(int index);

    /// <summary>Whether rows and columns 1 and 2 are the same, and 3 and 4.</summary>
    /// <remarks>
    /// With e = d4 - d2 = d3 - d1, Bᵀ·d is zero at the interpolation point -1, 3·e at 2 and -e at -2. So 25 products are left of 36, and 16
    /// different inputs: row and column 2 of 6 aren't there, 3 and 4 share e, and the last transform puts the factors in.
    /// </remarks>
    static abstract bool IsEnlarged { get; }
}

/// <summary>Six neighbors.</summary>
internal readonly struct PlainWindow : IWindow
{
    public static bool IsEnlarged => false;

    public static int Pixel(int index) => index;
}

/// <summary>Six neighbors of a map enlarged by two: of the small map the pixels 0 1 1 2 2 3.</summary>
internal readonly struct EnlargedWindow : IWindow
{
    public static bool IsEnlarged => true;

    public static int Pixel(int index) => (index + 1) / 2;
}

/// <summary>Six neighbors of a map enlarged by two, gathered at its border.</summary>
internal readonly struct EnlargedPatch : IWindow
{
    public static bool IsEnlarged => true;

    public static int Pixel(int index) => index;
}
