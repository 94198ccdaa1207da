namespace Wct.Cli.Sheets;

/// <summary>A line of text below a picture.</summary>
/// <param name="Left">The text that begins at the column's left edge.</param>
/// <param name="Right">The text that ends at the column's right edge; empty for none.</param>
internal readonly record struct CaptionLine(string Left, string Right = "");
