using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Wct.Imaging.Png;

/// <summary>Restores filtered rows.</summary>
internal static class PngUnfilter
{
    /// <summary>Restores a row from its filtered bytes.</summary>
    /// <param name="filter">A known filter type.</param>
    /// <param name="filtered">The filtered row.</param>
    /// <param name="prior">The restored row above; zeros above the first row.</param>
    /// <param name="length">Bytes of the row.</param>
    /// <param name="distance">Bytes to the pixel on the left, 1 to 8.</param>
    /// <param name="row">Receives the row. Must be neither of the other two.</param>
    internal static void Undo(PngFilter filter, PngRow filtered, PngRow prior, int length, int distance, PngRow row)
    {
        Debug.Assert(length + 2 * PngRow.Margin <= row.Padded.Length && distance is >= 1 and <= 8);
        switch (filter)
        {
            case PngFilter.None:
                filtered.Bytes[..length].CopyTo(row.Bytes);
                break;
            case PngFilter.Sub:
                PixelByPixel<SubPredictor>(filtered, prior, length, distance, row);
                break;
            case PngFilter.Up:
                Up(filtered, prior, length, row);
                break;
            case PngFilter.Average:
                PixelByPixel<AveragePredictor>(filtered, prior, length, distance, row);
                break;
            case PngFilter.Paeth:
                PixelByPixel<PaethPredictor>(filtered, prior, length, distance, row);
                break;
        }
    }

    /// <summary>Each byte needs only the one above, so each step restores sixteen bytes. The last step may write into the margin.</summary>
    private static void Up(PngRow filtered, PngRow prior, int length, PngRow row)
    {
        ref byte source = ref MemoryMarshal.GetArrayDataReference(filtered.Padded);
        ref byte above = ref MemoryMarshal.GetArrayDataReference(prior.Padded);
        ref byte target = ref MemoryMarshal.GetArrayDataReference(row.Padded);
        for (int i = PngRow.Margin; i < PngRow.Margin + length; i += Vector128<byte>.Count)
        {
            Vector128<byte> sum = Vector128.LoadUnsafe(ref source, (nuint)i) + Vector128.LoadUnsafe(ref above, (nuint)i);
            sum.StoreUnsafe(ref target, (nuint)i);
        }
    }

    /// <summary>
    /// Each pixel needs its left neighbor, so each step restores one pixel, whose bytes are in one vector. Whole vectors are loaded and
    /// stored. The bytes after the pixel are wrong; the next step overwrites them, or they stay in the margin.
    /// </summary>
    private static void PixelByPixel<TPredictor>(PngRow filtered, PngRow prior, int length, int distance, PngRow row)
        where TPredictor : struct, IPngPredictor
    {
        ref byte source = ref MemoryMarshal.GetArrayDataReference(filtered.Padded);
        ref byte above = ref MemoryMarshal.GetArrayDataReference(prior.Padded);
        ref byte target = ref MemoryMarshal.GetArrayDataReference(row.Padded);
        Vector128<byte> left = Vector128<byte>.Zero, upperLeft = Vector128<byte>.Zero;
        for (int i = PngRow.Margin; i < PngRow.Margin + length; i += distance)
        {
            Vector128<byte> upper = Vector128.LoadUnsafe(ref above, (nuint)i);
            left = Vector128.LoadUnsafe(ref source, (nuint)i) + TPredictor.Predict(left, upper, upperLeft);
            left.StoreUnsafe(ref target, (nuint)i);
            upperLeft = upper;
        }
    }
}
