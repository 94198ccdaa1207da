namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>A component of a frame: one plane of samples, coded in blocks of 8x8.</summary>
/// <param name="Index">Its index in the frame, from 0.</param>
/// <param name="Id">Its identifier in scan headers, 0 to 255.</param>
/// <param name="Horizontal">Horizontal sampling factor, 1 to 4.</param>
/// <param name="Vertical">Vertical sampling factor, 1 to 4.</param>
/// <param name="QuantizationIndex">Index of its quantization table, 0 to 3.</param>
internal sealed record Component(int Index, byte Id, int Horizontal, int Vertical, int QuantizationIndex)
{
    /// <summary>Samples per row, without padding.</summary>
    internal int Width { get; private set; }

    /// <summary>Rows of samples, without padding.</summary>
    internal int Height { get; private set; }

    /// <summary>Blocks per row, without padding. A scan of this component alone has as many.</summary>
    internal int BlockColumns => (Width + 7) / 8;

    /// <summary>Rows of blocks, without padding.</summary>
    internal int BlockRows => (Height + 7) / 8;

    /// <summary>Blocks per row, padded to whole MCUs.</summary>
    internal int PaddedColumns { get; private set; }

    /// <summary>The quantization table, [64] row-major, unsigned numbers. It is the table that was defined when the component's first scan
    /// began; null before that.</summary>
    internal short[]? Quantization { get; set; }

    /// <summary>Computes the sizes from the frame's size (ITU T.81, A.1.1).</summary>
    internal void Measure(Frame frame)
    {
        Width = DivideUp(frame.Width * Horizontal, frame.MaxHorizontal);
        Height = DivideUp(frame.Height * Vertical, frame.MaxVertical);
        PaddedColumns = frame.McuColumns * Horizontal;
    }

    private static int DivideUp(int value, int by) => (value + by - 1) / by;
}
