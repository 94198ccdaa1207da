using ILGPU;
using ILGPU.Backends.EntryPoints;

namespace Wct.Kernels.Ilgpu.Statistics;

/// <summary>Sums the weighted products of centered channels in double precision: one matrix for each segment of a region's
/// pixels.</summary>
/// <remarks><see cref="ProductSquares"/> describes how thread blocks divide the matrix.</remarks>
internal static class WeightedProducts
{
    private const int Square = ProductSquares.Square, Half = ProductSquares.Half, Pixels = ProductSquares.Pixels;

    /// <param name="features">[any, mapWidth, channels].</param>
    /// <param name="weights">[pixels], one weight per pixel of the region.</param>
    /// <param name="totals">[channels + 1], from <see cref="WeightedSums"/>: weighted sums of the channels, then the sum of the
    /// weights.</param>
    /// <param name="products">[segments, channels, channels]; squares below the diagonal are not written.</param>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="mapWidth">Pixels per row of the map.</param>
    /// <param name="y">The region's first row.</param>
    /// <param name="x">The region's first column.</param>
    /// <param name="width">Pixels per row of the region.</param>
    /// <param name="pixels">Pixels of the region.</param>
    /// <param name="segmentPixels">Pixels of a segment.</param>
    [KernelName("WeightedProducts"), ThreadBlock(ProductSquares.ThreadBlockSize)]
    internal static void Run(
        ArrayView<float> features, ArrayView<float> weights, ArrayView<double> totals, ArrayView<double> products, int channels,
        int mapWidth, int y, int x, int width, int pixels, int segmentPixels)
    {
        ArrayView<double> left = SharedMemory.Allocate<double>(Pixels * Square);
        ArrayView<double> right = SharedMemory.Allocate<double>(Pixels * Square);
        // Squares are numbered row by row, each row from the diagonal.
        int squares = (channels + Square - 1) / Square, row = 0, column = Grid.IdxX;
        while (column >= squares - row)
        {
            column -= squares - row;
            row++;
        }

        column += row;
        int thread = Group.IdxX, i = thread / Half, j = thread % Half;
        // A thread loads the same two channels in every step, because the block's threads are a whole number of rows.
        int leftChannel = row * Square + thread % Square, rightChannel = column * Square + thread % Square;
        double leftMean = Mean(totals, leftChannel, channels), rightMean = Mean(totals, rightChannel, channels);
        long first = (long)Grid.IdxY * segmentPixels;
        int end = (int)Math.Min(pixels, first + segmentPixels);
        double sum00 = 0, sum01 = 0, sum10 = 0, sum11 = 0;
        for (int start = (int)first; start < end; start += Pixels)
        {
            for (int k = thread; k < Pixels * Square; k += ProductSquares.ThreadBlockSize)
            {
                int pixel = start + k / Square;
                bool isInside = pixel < end;
                double weight = isInside ? weights[pixel] : 0;
                long at = ((long)(y + pixel / width) * mapWidth + x + pixel % width) * channels;
                left[k] = weight * Centered(features, leftMean, at, leftChannel, channels, isInside);
                right[k] = Centered(features, rightMean, at, rightChannel, channels, isInside);
            }

            Group.Barrier();
            for (int k = 0; k < Pixels * Square; k += Square)
            {
                double a0 = left[k + i], a1 = left[k + i + Half], b0 = right[k + j], b1 = right[k + j + Half];
                sum00 += a0 * b0;
                sum01 += a0 * b1;
                sum10 += a1 * b0;
                sum11 += a1 * b1;
            }

            Group.Barrier();
        }

        i += row * Square;
        j += column * Square;
        ProductSquares.Store(products, i, j, channels, sum00);
        ProductSquares.Store(products, i, j + Half, channels, sum01);
        ProductSquares.Store(products, i + Half, j, channels, sum10);
        ProductSquares.Store(products, i + Half, j + Half, channels, sum11);
    }

    // If all weights are 0, all products are 0, so the mean has no effect.
    private static double Mean(ArrayView<double> totals, int channel, int channels) =>
        channel < channels && totals[channels] > 0 ? totals[channel] / totals[channels] : 0;

    private static double Centered(ArrayView<float> features, double mean, long at, int channel, int channels, bool isInside) =>
        isInside && channel < channels ? features[at + channel] - mean : 0;
}
