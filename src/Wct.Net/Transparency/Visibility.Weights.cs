using System.Buffers;
using Wct.Kernels;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Transparency;

// The visible share of feature pixels, which weights the moments.
internal sealed partial class Visibility
{
    /// <summary>Computes the visible share of feature pixels: the mean over the square of picture pixels that each one covers.</summary>
    /// <remarks>Beyond the picture's right and bottom borders, visibility is reflected, as colors are.</remarks>
    /// <param name="area">The area in feature pixels.</param>
    /// <param name="factor">Pixels of the picture per feature pixel, in each direction: 1, 2, 4, 8 or 16.</param>
    /// <param name="weights">[rows, columns] of the area, 0 to 1.</param>
    /// <returns>Whether any weight is above 0.</returns>
    internal bool Weigh(Area area, int factor, Span<float> weights)
    {
        int columns = area.Columns.Length, square = factor * factor;
        int[] rented = ArrayPool<int>.Shared.Rent(columns);
        Span<int> hidden = rented.AsSpan(0, columns);
        bool any = false;
        for (int i = 0; i < area.Rows.Length; i++)
        {
            hidden.Clear();
            for (int y = (area.Rows.First + i) * factor; y < (area.Rows.First + i + 1) * factor; y++)
                CountHidden(Reflection.Index(y, height), area.Columns, factor, hidden);
            Span<float> row = weights.Slice(i * columns, columns);
            for (int j = 0; j < columns; j++)
            {
                // The divisor is a power of two, so every weight is exact.
                row[j] = (float)(square - hidden[j]) / square;
                any |= hidden[j] < square;
            }
        }

        ArrayPool<int>.Shared.Return(rented);
        return any;
    }

    private void CountHidden(int y, Interval columns, int factor, Span<int> hidden)
    {
        if (!AnyHidden(y, 1))
            return;
        for (int j = 0; j < columns.Length; j++)
        {
            for (int x = (columns.First + j) * factor; x < (columns.First + j + 1) * factor; x++)
            {
                if (IsHidden(y, Reflection.Index(x, width)))
                    hidden[j]++;
            }
        }
    }
}
