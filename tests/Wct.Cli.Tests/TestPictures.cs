using Wct.Imaging;

namespace Wct.Cli.Tests;

/// <summary>Small pictures on disk.</summary>
internal static class TestPictures
{
    /// <summary>Writes a picture of smooth colors with some noise.</summary>
    /// <returns>The file's name within the folder.</returns>
    internal static string Write(TemporaryFolder folder, string name, int width, int height, PixelLayout format = PixelLayout.Rgb24)
    {
        PixelImage bitmap = new(width, height, format);
        Random random = new(width * 1000 + height);
        for (int i = 0; i < bitmap.Bytes.Length; i++)
            bitmap.Bytes[i] = (byte)(i * 255L / bitmap.Bytes.Length / 2 + random.Next(128));
        ImageFile.Write(folder.File(name), bitmap);
        return name;
    }

    /// <summary>Writes a picture of one color.</summary>
    /// <returns>The file's name within the folder.</returns>
    internal static string WriteConstant(TemporaryFolder folder, string name, int width, int height, byte level)
    {
        PixelImage bitmap = new(width, height, PixelLayout.Rgb24);
        bitmap.Bytes.AsSpan().Fill(level);
        ImageFile.Write(folder.File(name), bitmap);
        return name;
    }
}
