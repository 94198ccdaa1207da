namespace Wct.Net;

/// <summary>A picture that gives its rows when asked, from top to bottom, once.</summary>
public interface IPixelReader
{
    /// <summary>Pixels per row, at least 1.</summary>
    int Width { get; }

    /// <summary>Rows, at least 1.</summary>
    int Height { get; }

    /// <summary>Layout of a pixel.</summary>
    PixelFormat Format { get; }

    /// <summary>Reads the next rows.</summary>
    /// <param name="rows">Filled with whole rows without gaps between them; never more than are left.</param>
    void ReadRows(Span<byte> rows);
}
