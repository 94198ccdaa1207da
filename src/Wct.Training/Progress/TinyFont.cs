using Wct.Imaging;

namespace Wct.Training.Progress;

/// <summary>Letters of 3x5 dots, drawn at twice that size, for a plot's labels.</summary>
internal static class TinyFont
{
    private const int Scale = 2, Columns = 3, Rows = 5;

    // Each glyph has one digit of three bits per row, from the top. The highest bit is the leftmost dot.
    private static readonly Dictionary<char, int> Glyphs = Parse(
        "0:75557 1:26227 2:71747 3:71717 4:55711 5:74717 6:74757 7:71111 8:75757 9:75717 -:00700 .:00002 _:00007 +:02720 "
        + "a:02757 b:44757 c:00747 d:11757 e:07746 f:34644 g:75717 h:44755 i:20222 j:10116 k:45655 l:22223 m:05755 n:00755 o:00757 "
        + "p:07574 q:07571 r:00744 s:03616 t:27223 u:00557 v:00552 w:05575 x:05255 y:05716 z:07247");

    /// <summary>Width of a text in pixels.</summary>
    internal static int Width(string text) => text.Length * (Columns + 1) * Scale;

    /// <summary>Height of a line in pixels.</summary>
    internal static int Height => Rows * Scale;

    /// <summary>Draws a text in lower case. Characters without a glyph leave a gap.</summary>
    internal static void Draw(PixelImage picture, string text, int left, int top, (byte R, byte G, byte B) color)
    {
        for (int i = 0; i < text.Length; i++)
        {
            int glyph = Glyphs.GetValueOrDefault(char.ToLowerInvariant(text[i]));
            for (int dot = 0; dot < Rows * Columns * Scale * Scale; dot++)
            {
                int x = dot % (Columns * Scale), y = dot / (Columns * Scale);
                if ((glyph >> (Rows * Columns - 1 - (y / Scale * Columns + x / Scale)) & 1) == 1)
                    Canvas.Set(picture, left + i * (Columns + 1) * Scale + x, top + y, color);
            }
        }
    }

    private static Dictionary<char, int> Parse(string table) => table.Split(' ').ToDictionary(
        entry => entry[0], entry => entry[^Rows..].Aggregate(0, (bits, row) => (bits << Columns) | (row - '0')));
}
