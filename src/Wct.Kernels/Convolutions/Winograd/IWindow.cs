namespace Wct.Kernels.Convolutions.Winograd;

/// <summary>Which stored pixels the six rows and columns of a window are, counted from the first.</summary>
internal interface IWindow
{
    static abstract int Pixel(int index);
}

/// <summary>Six neighbours.</summary>
internal readonly struct PlainWindow : IWindow
{
    public static int Pixel(int index) => index;
}

/// <summary>Six neighbours of a map enlarged by two: of the small map the pixels 0 1 1 2 2 3.</summary>
internal readonly struct EnlargedWindow : IWindow
{
    public static int Pixel(int index) => (index + 1) / 2;
}
