using Wct.Imaging;

namespace Wct.Training.Progress;

/// <summary>Shows pictures in a row, and the network's result below each of them.</summary>
internal static class ContactSheet
{
    private const int Gap = 4;

    /// <summary>Writes the sheet. If there are no pictures, it writes nothing.</summary>
    internal static void Write(string path, IEnumerable<(PixelImage Original, PixelImage Result)> pairs)
    {
        (PixelImage Original, PixelImage Result)[] all = [.. pairs];
        if (all.Length == 0)
            return;
        int width = all.Max(pair => pair.Original.Width), height = all.Max(pair => pair.Original.Height);
        PixelImage sheet = new(all.Length * (width + Gap) + Gap, 2 * (height + Gap) + Gap, PixelLayout.Rgb24);
        sheet.Bytes.AsSpan().Fill(byte.MaxValue);
        for (int i = 0; i < all.Length; i++)
        {
            Draw(sheet, all[i].Original, Gap + i * (width + Gap), Gap);
            Draw(sheet, all[i].Result, Gap + i * (width + Gap), 2 * Gap + height);
        }

        ImageFile.Write(path, sheet);
    }

    private static void Draw(PixelImage sheet, PixelImage picture, int left, int top)
    {
        for (int y = 0; y < picture.Height; y++)
            picture.Row(y).CopyTo(sheet.Row(top + y)[(left * 3)..]);
    }
}
