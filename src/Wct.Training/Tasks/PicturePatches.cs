using Wct.Kernels;

namespace Wct.Training.Tasks;

/// <summary>Converts a picture to a tap's resolution: copies the patch under each pixel of the feature map to the pixel's channels (space
/// to depth).</summary>
internal static class PicturePatches
{
    /// <summary>The number of channels at a level: three colors of a square with sides of 2^(level - 1) pixels.</summary>
    internal static int Channels(int level) => 3 << (2 * (level - 1));

    /// <summary>Rearranges a picture.</summary>
    /// <param name="backend">The backend of the picture and the result.</param>
    /// <param name="picture">[3, H, W]; sides are multiples of 2^(level - 1).</param>
    /// <param name="level">Level of the tap, in 1..5; patches have sides of 2^(level - 1) pixels.</param>
    /// <returns>[<see cref="Channels"/>, H / 2^(level - 1), W / 2^(level - 1)]; the caller disposes of it.</returns>
    internal static Tensor Of(Backend backend, Tensor picture, int level)
    {
        int shift = level - 1, side = 1 << shift, width = picture.Shape.Width, height = picture.Shape.Height;
        float[] pixels = new float[picture.Shape.Length], patches = new float[pixels.Length];
        backend.Read(picture, pixels);
        int columns = width >> shift, plane = columns * (height >> shift);
        for (int i = 0; i < pixels.Length; i++)
        {
            int x = i % width, y = i / width % height, color = i / (width * height);
            int channel = (color * side + (y & (side - 1))) * side + (x & (side - 1));
            patches[channel * plane + (y >> shift) * columns + (x >> shift)] = pixels[i];
        }

        Tensor result = backend.Allocate(new TensorShape(Channels(level), height >> shift, columns));
        backend.Write(patches, result);
        return result;
    }
}
