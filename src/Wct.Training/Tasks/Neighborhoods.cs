using Wct.Kernels;

namespace Wct.Training.Tasks;

/// <summary>Copies the 3x3 neighborhood of each pixel to the pixel's channels (im2col), in the order of a convolution's weights.</summary>
internal static class Neighborhoods
{
    /// <summary>Pixels of a neighborhood.</summary>
    internal const int Size = 9;

    /// <summary>Gathers the neighborhoods. Borders are reflected.</summary>
    /// <param name="backend">The backend of the map and the result.</param>
    /// <param name="map">[C, H, W].</param>
    /// <returns>[9·C, H, W], nine times the map's size; the caller disposes of it.</returns>
    internal static Tensor Of(Backend backend, Tensor map)
    {
        (int channels, int height, int width) = (map.Shape.Channels, map.Shape.Height, map.Shape.Width);
        float[] values = new float[map.Shape.Length], gathered = new float[checked(Size * values.Length)];
        backend.Read(map, values);
        int at = 0;
        for (int channel = 0; channel < channels; channel++)
        {
            for (int tap = 0; tap < Size; tap++)
            {
                for (int y = 0; y < height; y++)
                {
                    ReadOnlySpan<float> row = values.AsSpan((channel * height + Reflection.Index(y + tap / 3 - 1, height)) * width, width);
                    for (int x = 0; x < width; x++)
                        gathered[at++] = row[Reflection.Index(x + tap % 3 - 1, width)];
                }
            }
        }

        Tensor result = backend.Allocate(new TensorShape(Size * channels, height, width));
        backend.Write(gathered, result);
        return result;
    }
}
