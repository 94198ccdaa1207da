namespace Wct.Cli.Sheets;

/// <summary>A color.</summary>
/// <param name="Red">0..255.</param>
/// <param name="Green">0..255.</param>
/// <param name="Blue">0..255.</param>
internal readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>A shade of gray.</summary>
    internal static Rgb Gray(byte level) => new(level, level, level);
}
