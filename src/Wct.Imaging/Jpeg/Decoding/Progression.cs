namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Tracks which bits of the coefficients of a progressive file are known after each scan.</summary>
/// <param name="components">Components of the frame.</param>
/// <param name="warnings">Receives a warning if scans are in an invalid order.</param>
internal sealed class Progression(int components, ImageWarnings warnings)
{
    /// <summary>The last coefficient in zig-zag order that smoothing estimates. The first one is 1.</summary>
    internal const int Smoothed = 9;

    private readonly int[][] _bits = [.. Enumerable.Range(0, components).Select(_ => Enumerable.Repeat(-1, 64).ToArray())];
    private readonly int[][] _before = [.. Enumerable.Range(0, components).Select(_ => new int[64])];
    private int _scans;

    /// <summary>The last row of MCUs for which the last scan has data. Rows below it are only known from earlier scans.</summary>
    internal int LastRow { get; set; }

    /// <summary>The lowest known bit of each coefficient of a component, [64] in zig-zag order; -1 if nothing is known.</summary>
    internal int[] Known(int component) => _bits[component];

    /// <summary>The same before the component's last scan.</summary>
    internal int[] KnownBefore(int component) => _scans > 1 ? _before[component] : [.. Enumerable.Repeat(-1, 64)];

    /// <summary>Called when a scan begins.</summary>
    internal void Begin(Scan scan)
    {
        _scans++;
        foreach (ScanComponent part in scan.Components)
        {
            int[] bits = _bits[part.Component.Index], before = _before[part.Component.Index];
            for (int k = Math.Min(scan.First, 1); k <= Math.Max(scan.Last, Smoothed); k++)
                before[k] = _scans > 1 ? bits[k] : 0;
            bool inOrder = scan.First == 0 || bits[0] >= 0;
            for (int k = scan.First; k <= scan.Last; k++)
            {
                inOrder &= scan.High == Math.Max(bits[k], 0);
                bits[k] = scan.Low;
            }

            if (!inOrder)
                warnings.Add(
                    "damaged: a scan comes out of order", $": component {part.Component.Id}, coefficients {scan.First} to {scan.Last}");
        }
    }
}
