namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>A component in a scan, with the tables that it uses there.</summary>
/// <param name="Component">The component.</param>
/// <param name="Dc">Huffman table for DC differences; null if none was defined and none is needed.</param>
/// <param name="Ac">Huffman table for AC coefficients; null if none was defined and none is needed.</param>
/// <param name="Conditioning">Replaces the Huffman tables in arithmetic-coded files.</param>
internal sealed record ScanComponent(Component Component, HuffmanTable? Dc, HuffmanTable? Ac, Conditioning Conditioning);

/// <summary>The scan header (ITU T.81, B.2.3).</summary>
/// <param name="Components">The scan's components, 1 to 4. If there are several, their blocks are interleaved.</param>
/// <param name="First">The first coefficient in zig-zag order, 0 to 63.</param>
/// <param name="Last">The last coefficient, 0 to 63.</param>
/// <param name="High">The lowest bit that earlier scans had; 0 if this is the first scan of its coefficients.</param>
/// <param name="Low">The lowest bit that this scan has.</param>
/// <param name="RestartInterval">MCUs between restart markers; 0 for none.</param>
internal sealed record Scan(ScanComponent[] Components, int First, int Last, int High, int Low, int RestartInterval)
{
    /// <summary>Reads a scan header. If it is a component's first scan, it also sets the component's quantization table.</summary>
    internal static Scan Read(Segment segment, Frame frame, Tables tables)
    {
        ScanComponent[] components = new ScanComponent[segment.Byte()];
        if (components.Length < 1 || components.Length > frame.Components.Length)
            throw segment.Fail($"announces {components.Length} components, the frame has {frame.Components.Length}");
        for (int i = 0; i < components.Length; i++)
            components[i] = ReadComponent(ref segment, frame, tables, components.AsSpan(0, i));

        int first = segment.Byte(), last = segment.Byte(), bits = segment.Byte();
        // Sequential files may have any values here. Their scans always have all coefficients and bits.
        Scan scan = frame.IsProgressive
            ? new(components, first, last, bits >> 4, bits & 15, tables.RestartInterval)
            : new(components, 0, 63, 0, 0, tables.RestartInterval);
        scan.Validate(segment, frame);
        foreach (ScanComponent part in components)
        {
            Component component = part.Component;
            int index = component.QuantizationIndex;
            component.Quantization ??= tables.Quantization(index)
                ?? throw segment.Fail($"brings component {component.Id}, whose quantization table {index} is not defined");
        }

        return scan;
    }

    private static ScanComponent ReadComponent(ref Segment segment, Frame frame, Tables tables, ReadOnlySpan<ScanComponent> before)
    {
        byte id = (byte)segment.Byte();
        Component component = Find(id, frame, before)
            ?? throw segment.Fail($"names component {id}, which the frame does not have, or names it twice");
        int indices = segment.Byte();
        (int dc, int ac) = (indices >> 4, indices & 15);
        return new ScanComponent(component, tables.Dc(dc), tables.Ac(ac), tables.Conditioning(dc, ac));
    }

    // If several components have the same identifier, it means the next one that the scan doesn't have yet.
    private static Component? Find(byte id, Frame frame, ReadOnlySpan<ScanComponent> before)
    {
        Component? found = null;
        foreach (Component component in frame.Components)
        {
            bool free = component.Id == id;
            foreach (ScanComponent taken in before)
                free &= taken.Component != component;
            // As in libjpeg-turbo, components with an index below the position in the scan only count if there are no others.
            if (free && (found is null || (found.Index < before.Length && component.Index >= before.Length)))
                found = component;
        }

        return found;
    }

    private void Validate(Segment segment, Frame frame)
    {
        bool valid = First == 0 ? Last == 0 : Components.Length == 1 && First <= Last && Last <= 63;
        if (frame.IsProgressive && !(valid && Low <= 13 && (High == 0 || High == Low + 1)))
            throw segment.Fail($"asks for coefficients {First} to {Last} of {Components.Length} components from bit {High} to bit {Low}");
        if (frame.IsArithmetic)
            return;
        bool needsDc = First == 0 && High == 0, needsAc = Last > 0;
        foreach (ScanComponent part in Components)
        {
            if ((needsDc && part.Dc is null) || (needsAc && part.Ac is null))
                throw segment.Fail($"uses a Huffman table for component {part.Component.Id} that is not defined");
            if ((needsDc ? part.Dc!.Problem : null) is string dcProblem)
                throw segment.Fail($"uses a Huffman table for component {part.Component.Id} that {dcProblem}");
            if ((needsAc ? part.Ac!.Problem : null) is string acProblem)
                throw segment.Fail($"uses a Huffman table for component {part.Component.Id} that {acProblem}");
        }
    }
}
