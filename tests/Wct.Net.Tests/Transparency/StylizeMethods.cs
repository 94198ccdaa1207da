namespace Wct.Net.Tests.Transparency;

/// <summary>Compares the methods that stylize a picture, whole and in tiles.</summary>
internal static class StylizeMethods
{
    // Small compared with the maps of a whole picture.
    private const long Spare = 3_000_000;

    /// <summary>Checks that every method gives the same picture.</summary>
    internal static void Check(StyleTransfer transfer, PixelImage content, PixelImage painting, StylizeOptions options)
    {
        StylizeOptions tight = options with { MaxMemory = Tight(transfer, content, painting, options) };
        byte[] whole = transfer.Stylize(content, painting, options).Bytes;
        Near(whole, transfer.Stylize(content, painting, tight).Bytes);
        long least = Least(() => transfer.PrepareStyle(painting, options with { MaxMemory = 1 }));
        PreparedStyle style = transfer.PrepareStyle(painting, options with { MaxMemory = least + Spare });
        Near(whole, transfer.Stylize(content, style, options).Bytes);
        byte[] memory = [.. content.Bytes];
        transfer.Stylize(new Pixels(memory, content.Width, content.Height, 0, content.Layout), style, memory, 0, content.Layout, tight);
        Near(whole, memory);
        foreach (StylizeOptions choice in (StylizeOptions[])[tight, options])
        {
            Rows result = new();
            transfer.Stylize(new Rows(content), new Rows(painting), result, choice);
            Near(whole, [.. result.Written]);
        }
    }

    /// <summary>A budget that requires tiles.</summary>
    internal static long Tight(StyleTransfer transfer, PixelImage content, PixelImage painting, StylizeOptions options)
    {
        PreparedStyle style = transfer.PrepareStyle(painting, options);
        long least = Least(() => transfer.Stylize(content, style, options with { MaxMemory = 1 }));
        return Math.Max(least, Least(() => transfer.PrepareStyle(painting, options with { MaxMemory = 1 }))) + Spare;
    }

    /// <summary>The minimum budget, from the message of an error.</summary>
    internal static long Least(Action refused) => long.Parse(Assert.Throws<ArgumentException>(refused).Message.Split(' ')[^3]);

    /// <summary>Checks that bytes differ by at most 1.</summary>
    internal static void Near(byte[] expected, byte[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max(), 0, 1);
    }
}

/// <summary>Reads and writes a picture row by row.</summary>
internal sealed class Rows(PixelImage? image = null) : IPixelReader, IPixelWriter
{
    private int _next;

    internal List<byte> Written { get; } = [];

    public int Width => image!.Width;

    public int Height => image!.Height;

    public PixelLayout Layout => image!.Layout;

    public void ReadRows(Span<byte> rows)
    {
        image!.Bytes.AsSpan(_next, rows.Length).CopyTo(rows);
        _next += rows.Length;
    }

    public void WriteRows(ReadOnlySpan<byte> rows) => Written.AddRange(rows);
}
