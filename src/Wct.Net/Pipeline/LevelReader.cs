using Wct.Kernels;

namespace Wct.Net.Pipeline;

/// <summary>Reads the picture between two levels.</summary>
/// <param name="backend">The backend that holds the picture.</param>
/// <param name="picture">The picture.</param>
/// <param name="width">Pixels per row, without the columns that extend the picture.</param>
/// <param name="height">Rows, without the rows that extend the picture.</param>
internal sealed class LevelReader(Backend backend, ILevelPicture picture, int width, int height) : IPixelReader
{
    private int _next;

    /// <inheritdoc/>
    public int Width => width;

    /// <inheritdoc/>
    public int Height => height;

    /// <inheritdoc/>
    public PixelLayout Layout => PixelLayout.Rgb24;

    /// <inheritdoc/>
    public void ReadRows(Span<byte> destination)
    {
        int stride = checked(width * Layout.BytesPerPixel()), count = destination.Length / stride;
        using Tensor rows = picture.Rows(_next, count);
        backend.StorePixels(rows, destination, width, count, stride, Layout);
        _next += count;
    }
}
