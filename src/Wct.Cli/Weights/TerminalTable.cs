using Spectre.Console;

namespace Wct.Cli.Weights;

/// <summary>Draws a table with borders on a terminal.</summary>
internal static class TerminalTable
{
    /// <summary>Draws rows below a heading; the last column is right-aligned.</summary>
    internal static void Write(string[] heading, IEnumerable<string[]> rows)
    {
        Table table = new() { Border = TableBorder.Rounded };
        table.AddColumns([.. heading.Select(name => new TableColumn(new Text(name)))]);
        table.Columns[^1].RightAligned();
        foreach (string[] row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        AnsiConsole.Write(table);
    }
}
