namespace Wct;

/// <summary>Reads a picture's rows once, from top to bottom.</summary>
public interface IPixelReader
{
    /// <summary>Pixels per row, at least 1.</summary>
    int Width { get; }

    /// <summary>Rows, at least 1.</summary>
    int Height { get; }

    /// <summary>Layout of a pixel.</summary>
    PixelLayout Layout { get; }

    /// <summary>Bytes that the reader holds until its last row is read, such as a decoded picture. They count against the memory
    /// budget.</summary>
    long HeldBytes => 0;

    /// <summary>Sets the reader's memory limit. Called once, before the first row is read.</summary>
    /// <param name="bytes">Bytes that the reader may allocate until its last row is read, in addition to <see cref="HeldBytes"/>; at least
    /// 0.</param>
    /// <remarks>Only readers that must decode the whole file before they return the first row need to implement it.</remarks>
    void Limit(long bytes)
    {
    }

    /// <summary>Reads the next rows.</summary>
    /// <param name="destination">Receives whole rows without gaps between them, at most the number of remaining rows.</param>
    void ReadRows(Span<byte> destination);
}
