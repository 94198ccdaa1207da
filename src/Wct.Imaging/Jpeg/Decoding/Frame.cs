namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>The frame header: the picture's size and its components (ITU T.81, B.2.2).</summary>
internal sealed class Frame
{
    private Frame(int width, int height, bool progressive, bool arithmetic, Component[] components)
    {
        (Width, Height, IsProgressive, IsArithmetic, Components) = (width, height, progressive, arithmetic, components);
        MaxHorizontal = components.Max(component => component.Horizontal);
        MaxVertical = components.Max(component => component.Vertical);
        McuColumns = (width + (8 * MaxHorizontal) - 1) / (8 * MaxHorizontal);
        McuRows = (height + (8 * MaxVertical) - 1) / (8 * MaxVertical);
        foreach (Component component in components)
            component.Measure(this);
    }

    /// <summary>Pixels per row, 1 to 65535.</summary>
    internal int Width { get; }

    /// <summary>Rows, 1 to 65535.</summary>
    internal int Height { get; }

    /// <summary>Whether coefficients come in several scans of increasing detail.</summary>
    internal bool IsProgressive { get; }

    /// <summary>Whether the file has arithmetic coding; otherwise it has Huffman coding.</summary>
    internal bool IsArithmetic { get; }

    /// <summary>1, 3 or 4 components, in the file's order.</summary>
    internal Component[] Components { get; }

    /// <summary>The largest horizontal sampling factor.</summary>
    internal int MaxHorizontal { get; }

    /// <summary>The largest vertical sampling factor.</summary>
    internal int MaxVertical { get; }

    /// <summary>MCUs per row. An MCU has the blocks of all components for one patch of the picture.</summary>
    internal int McuColumns { get; }

    /// <summary>Rows of MCUs.</summary>
    internal int McuRows { get; }

    /// <summary>Number of blocks of all components, without padding.</summary>
    internal long Blocks => Components.Sum(component => (long)component.BlockColumns * component.BlockRows);

    /// <summary>Reads a frame header.</summary>
    /// <param name="segment">The segment's payload.</param>
    /// <param name="marker">The marker, of a kind that is supported.</param>
    /// <param name="maxPixels">Largest number of pixels to accept.</param>
    internal static Frame Read(Segment segment, int marker, long maxPixels)
    {
        int precision = segment.Byte();
        if (precision != 8)
            throw segment.Fail($"announces {precision} bits per sample, only 8 are supported");
        int height = segment.UInt16();
        int width = segment.UInt16();
        if (width == 0 || height == 0)
            throw segment.Fail($"announces {width}x{height} pixels; empty pictures and a height given later (DNL) are not supported");
        if ((long)width * height > maxPixels)
            throw segment.Fail($"announces {width}x{height} pixels, the limit is {maxPixels}");
        Component[] components = new Component[segment.Byte()];
        if (components.Length is not (1 or 3 or 4))
            throw segment.Fail($"announces {components.Length} components, only 1, 3 and 4 are supported");
        for (int i = 0; i < components.Length; i++)
            components[i] = ReadComponent(ref segment, i, components.Length == 1);

        bool progressive = marker is Marker.Progressive or Marker.ArithmeticProgressive;
        bool arithmetic = marker is Marker.ArithmeticSequential or Marker.ArithmeticProgressive;
        return new Frame(width, height, progressive, arithmetic, components);
    }

    private static Component ReadComponent(ref Segment segment, int index, bool alone)
    {
        byte id = (byte)segment.Byte();
        int sampling = segment.Byte();
        (int horizontal, int vertical) = (sampling >> 4, sampling & 15);
        if (horizontal is < 1 or > 4 || vertical is < 1 or > 4)
            throw segment.Fail($"gives component {id} the sampling factors {horizontal}x{vertical}, they go from 1 to 4");
        int table = segment.Byte();
        if (table > 3)
            throw segment.Fail($"gives component {id} the quantization table {table}, they go from 0 to 3");
        // A single component is never interleaved: its blocks come row by row, whatever its sampling factors are (ITU T.81, A.2.2).
        return alone ? new Component(index, id, 1, 1, table) : new Component(index, id, horizontal, vertical, table);
    }
}
