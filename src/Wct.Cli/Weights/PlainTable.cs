namespace Wct.Cli.Weights;

/// <summary>Writes a table as plain text for files and other programs. At least two spaces separate columns.</summary>
internal static class PlainTable
{
    /// <summary>Writes rows; the last column is right-aligned.</summary>
    internal static void Write(TextWriter output, IReadOnlyList<string[]> rows)
    {
        int[] widths = new int[rows[0].Length];
        foreach (string[] row in rows)
        {
            for (int i = 0; i < widths.Length; i++)
                widths[i] = Math.Max(widths[i], row[i].Length);
        }

        foreach (string[] row in rows)
            output.WriteLine(
                string.Join("  ", row.Select((cell, i) => i == widths.Length - 1 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))));
    }
}
