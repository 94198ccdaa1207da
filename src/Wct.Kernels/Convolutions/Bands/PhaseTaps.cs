namespace Wct.Kernels.Convolutions.Bands;

/// <summary>The taps of a kernel whose row and column have given parities, in the order in which the weights of transposed convolutions are
/// packed. A phase of the output needs only these.</summary>
/// <param name="Columns">Taps per row.</param>
/// <param name="Rows">Rows of taps.</param>
/// <param name="FirstRow">Row of the first tap: 0 or 1.</param>
/// <param name="FirstColumn">Column of the first tap: 0 or 1.</param>
/// <param name="Before">Taps that are packed before these.</param>
internal readonly record struct PhaseTaps(int Rows, int Columns, int FirstRow, int FirstColumn, int Before)
{
    /// <summary>Number of taps; may be 0.</summary>
    internal int Count => Rows * Columns;

    /// <summary>Row and column of a tap in the kernel.</summary>
    /// <param name="tap">Index of the tap.</param>
    internal (int Y, int X) this[int tap] => (FirstRow + tap / Columns * 2, FirstColumn + tap % Columns * 2);

    /// <summary>The taps of a phase.</summary>
    /// <param name="size">Kernel size, odd.</param>
    /// <param name="phase">Twice the row's parity plus the column's parity.</param>
    internal static PhaseTaps Of(int size, int phase)
    {
        int even = (size + 1) / 2, odd = size / 2, rows = phase / 2 == 0 ? even : odd, columns = phase % 2 == 0 ? even : odd;
        int before = (phase / 2 == 0 ? 0 : even * size) + (phase % 2 == 0 ? 0 : rows * even);
        return new PhaseTaps(rows, columns, phase / 2, phase % 2, before);
    }
}
