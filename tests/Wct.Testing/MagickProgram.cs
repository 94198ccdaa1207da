namespace Wct.Testing;

/// <summary>ImageMagick's program as an oracle. Tests that use it are skipped if it isn't installed.</summary>
public static class MagickProgram
{
    private const string Program = "convert", Package = "imagemagick";

    /// <summary>Converts a file.</summary>
    /// <param name="from">The file to read, with the number of a picture if need be: "a.gif[0]".</param>
    /// <param name="to">The file to write.</param>
    /// <param name="operations">Options between them.</param>
    public static void Convert(string from, string to, params string[] operations) => Tool.Run(Program, Package, [from, .. operations, to]);

    /// <summary>Decodes a file.</summary>
    /// <param name="file">The file, with the number of a picture if need be.</param>
    /// <param name="operations">Options, for example a conversion of colors.</param>
    /// <returns>Red, green, blue and alpha of every pixel, rounded to 8 bits.</returns>
    public static byte[] Decode(string file, params string[] operations)
    {
        byte[] samples = Tool.Run(Program, Package, [file, .. operations, "-depth", "16", "-endian", "MSB", "rgba:-"]);
        byte[] bytes = new byte[samples.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(((samples[2 * i] << 8) + samples[(2 * i) + 1] + 128) / 257);
        return bytes;
    }

    /// <summary>Whether the installed program can write a format.</summary>
    /// <param name="name">The format's name in the program's list: "HEIC".</param>
    public static bool Writes(string name)
    {
        string list = System.Text.Encoding.UTF8.GetString(Tool.Run(Program, Package, "-list", "format"));
        return list.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(words => words.Length > 2 && words[0].TrimEnd('*') == name && words.Any(word => word.Length == 3 && word[1] == 'w'));
    }
}
