namespace Wct.Net;

/// <summary>Reads the rows of a picture in memory.</summary>
/// <param name="image">The picture.</param>
internal sealed class ImageReader(PixelImage image) : IPixelReader
{
    private int _at;

    /// <inheritdoc/>
    public int Width => image.Width;

    /// <inheritdoc/>
    public int Height => image.Height;

    /// <inheritdoc/>
    public PixelLayout Layout => image.Layout;

    /// <inheritdoc/>
    public long HeldBytes => image.Bytes.Length;

    /// <inheritdoc/>
    public void ReadRows(Span<byte> destination)
    {
        image.Bytes.AsSpan(_at, destination.Length).CopyTo(destination);
        _at += destination.Length;
    }
}
