using Wct.Net;

namespace Wct.AspNetCore.Work;

/// <summary>Reads a picture and ends when a token is canceled, so that a large file is not read to its end for nobody.</summary>
/// <param name="picture">The picture.</param>
/// <param name="cancellationToken">Ends the reading before the next rows.</param>
internal sealed class WatchedReader(IPixelReader picture, CancellationToken cancellationToken) : IPixelReader
{
    private const int Band = 1 << 20;

    public int Width => picture.Width;

    public int Height => picture.Height;

    public PixelLayout Layout => picture.Layout;

    public long HeldBytes => picture.HeldBytes;

    public void Limit(long bytes) => picture.Limit(bytes);

    public void ReadRows(Span<byte> destination)
    {
        int stride = Width * Layout.BytesPerPixel(), rows = Math.Max(1, Band / stride);
        while (destination.Length > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int length = (int)Math.Min(destination.Length, (long)rows * stride);
            picture.ReadRows(destination[..length]);
            destination = destination[length..];
        }
    }

    /// <summary>Reads all rows.</summary>
    internal PixelImage ReadAll()
    {
        PixelImage image = new(Width, Height, Layout);
        ReadRows(image.Bytes);
        return image;
    }
}
