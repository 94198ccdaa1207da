namespace Wct.Net;

/// <summary>Collects the rows of a picture in memory.</summary>
/// <param name="image">Receives the rows.</param>
internal sealed class ImageWriter(PixelImage image) : IPixelWriter
{
    private int _at;

    /// <inheritdoc/>
    public void WriteRows(ReadOnlySpan<byte> rows)
    {
        rows.CopyTo(image.Bytes.AsSpan(_at));
        _at += rows.Length;
    }
}
