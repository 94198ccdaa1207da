namespace Wct.Net;

/// <summary>Takes a picture's rows from top to bottom.</summary>
public interface IPixelWriter
{
    /// <summary>Writes the next rows.</summary>
    /// <param name="rows">Whole rows without gaps between them.</param>
    void WriteRows(ReadOnlySpan<byte> rows);
}
