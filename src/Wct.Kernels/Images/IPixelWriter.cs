namespace Wct;

/// <summary>Receives a picture's rows once, from top to bottom.</summary>
public interface IPixelWriter
{
    /// <summary>Writes the next rows.</summary>
    /// <param name="source">Whole rows without gaps between them.</param>
    void WriteRows(ReadOnlySpan<byte> source);
}
