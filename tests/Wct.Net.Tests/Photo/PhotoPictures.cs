using Wct.Kernels;
using Wct.Net.Photo;

namespace Wct.Net.Tests.Photo;

/// <summary>Pairs of a content and a stylized picture, and their photo-mode results.</summary>
internal static class PhotoPictures
{
    /// <summary>[3, height, width] of a picture, 0..1.</summary>
    internal static float[] Planes(PixelImage image) =>
        [.. Enumerable.Range(0, 3).SelectMany(c => image.Bytes.Chunk(3).Select(rgb => rgb[c] / 255f))];

    /// <summary>Random floats, [3, height, width].</summary>
    internal static float[] Noise(int width, int height, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, 3 * width * height).Select(_ => random.NextSingle())];
    }

    /// <summary>Filters in bands of some rows. Each band gets only the input rows that it needs.</summary>
    internal static float[] Filter(
        PhotoOptions options, byte[] content, float[] stylized, int width, int bandRows, Action<int, Action<int>>? run = null)
    {
        int height = content.Length / (3 * width);
        PhotoFilter filter = new(options, width, height);
        float[] result = new float[stylized.Length];
        Array.Fill(result, float.NaN);
        for (int first = 0; first < height; first += bandRows)
        {
            int count = Math.Min(bandRows, height - first);
            (int firstInput, int inputs) = filter.Inputs(first, count);
            float[] rows = [.. Enumerable.Range(0, 3).SelectMany(
                c => stylized.Skip(c * width * height + firstInput * width).Take(inputs * width))];
            PhotoBand band = new()
            {
                First = first,
                Count = count,
                FirstInput = firstInput,
                Content = content.AsMemory(firstInput * width * 3, inputs * width * 3),
                Stylized = rows,
                StylizedStride = width,
                StylizedPlane = inputs * width,
                Result = result.AsMemory(first * width),
                ResultStride = width,
                ResultPlane = width * height,
            };
            filter.Run(band, run ?? OneByOne);
        }

        return result;
    }

    /// <summary>Runs tasks in their order.</summary>
    internal static void OneByOne(int tasks, Action<int> work)
    {
        for (int task = 0; task < tasks; task++)
            work(task);
    }
}
