namespace Wct.Cli.Sheets;

/// <summary>The texts of a contact sheet.</summary>
/// <param name="Columns">One text per column; empty texts are not drawn.</param>
/// <param name="Rows">One text per row; empty texts are not drawn.</param>
/// <param name="Title">The text above everything; empty for none.</param>
internal sealed record SheetLabels(IReadOnlyList<string> Columns, IReadOnlyList<string> Rows, string Title)
{
    /// <summary>The names of the corner pictures: upper left, upper right, and if need be lower left, lower right. Empty for
    /// none.</summary>
    internal IReadOnlyList<string> Corners { get; init; } = [];

    /// <summary>Number of lines below each picture. If there are any, cells without a picture are left empty.</summary>
    internal int CaptionLines { get; init; }

    /// <summary>The text below everything; empty for none.</summary>
    internal string Note { get; init; } = "";
}
