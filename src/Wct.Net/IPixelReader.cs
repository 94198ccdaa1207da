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

    /// <summary>Bytes that the reader itself keeps until its last row is read: a picture that it has in memory. They count against the
    /// budget.</summary>
    long HeldBytes => 0;

    /// <summary>Called once, before the first row is read: what the budget leaves to the reader.</summary>
    /// <param name="bytes">Bytes that the reader may take until its last row is read, besides those that it holds already; at least
    /// 0.</param>
    /// <remarks>For formats that have to be read to the end before they give the first row; a reader that goes row by row need not
    /// care.</remarks>
    void Limit(long bytes)
    {
    }

    /// <summary>Reads the next rows.</summary>
    /// <param name="rows">Filled with whole rows without gaps between them; never more than are left.</param>
    void ReadRows(Span<byte> rows);
}
