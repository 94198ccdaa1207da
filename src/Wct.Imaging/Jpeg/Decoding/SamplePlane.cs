namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>A component's decoded samples: a window of the last two rows of MCUs.</summary>
/// <remarks>It has two rows of MCUs because filters read one row beyond an MCU's edge.</remarks>
internal sealed class SamplePlane(Component component)
{
    private readonly int _rows = 2 * component.Vertical * 8;

    /// <summary>The component.</summary>
    internal Component Component => component;

    /// <summary>Bytes from one row to the next: whole blocks.</summary>
    internal int Stride { get; } = component.PaddedColumns * 8;

    /// <summary>The window: row y of the component is row y modulo the window's height.</summary>
    internal byte[] Samples { get; } = new byte[component.PaddedColumns * 8 * 2 * component.Vertical * 8];

    /// <summary>The samples, starting at the block in a block column and block row.</summary>
    internal Span<byte> Block(int column, int row) => Samples.AsSpan((row * 8 % _rows * Stride) + (column * 8));

    /// <summary>The samples of a row, without padding. Rows beyond the picture repeat its first or last one.</summary>
    internal ReadOnlySpan<byte> Row(int y) =>
        Samples.AsSpan(Math.Clamp(y, 0, component.Height - 1) % _rows * Stride, component.Width);
}
