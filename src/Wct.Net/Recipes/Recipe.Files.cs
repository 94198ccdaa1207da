using System.Text;

namespace Wct.Net.Recipes;

public sealed partial record Recipe
{
    /// <summary>Size in bytes of the largest recipe that can be read: 1 MB.</summary>
    internal const int MostBytes = 1 << 20;

    // The UTF-8 bytes of half a surrogate pair would be those of another character.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a recipe from a file.</summary>
    /// <param name="path">A JSON file of at most 1 MB.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file is missing or can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read, or the path is a folder.</exception>
    /// <exception cref="RecipeFormatException">The file is not a valid recipe. The message starts with the file's name, and names the
    /// property.</exception>
    public static Recipe Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 12);
        return RecipeReader.Read(Bytes(file), path);
    }

    /// <summary>Reads a recipe from a stream.</summary>
    /// <param name="stream">Read to its end, which may be at most 1 MB away, and left open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="IOException">The stream can't be read.</exception>
    /// <exception cref="RecipeFormatException">The stream does not contain a valid recipe. The message names the property.</exception>
    public static Recipe Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return RecipeReader.Read(Bytes(stream), source: null);
    }

    /// <summary>Reads a recipe from a text.</summary>
    /// <param name="json">JSON, at most 1 MB in UTF-8.</param>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    /// <exception cref="RecipeFormatException">The text is not a valid recipe. The message names the property.</exception>
    public static Recipe Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        // A character has at least one byte.
        if (json.Length > MostBytes)
            throw RecipeReader.TooLong(source: null);
        try
        {
            return RecipeReader.Read(Utf8.GetBytes(json), source: null);
        }
        catch (EncoderFallbackException error)
        {
            throw new RecipeFormatException(null, "the recipe has half a surrogate pair; it must be valid Unicode text", error);
        }
    }

    /// <summary>Writes the recipe to a file, atomically. Equal recipes give the same bytes.</summary>
    /// <param name="path">The file to write, by convention <c>.json</c>; its folder must exist. A link is followed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidOperationException">A value is out of range, or the settings contradict each other; the message names the
    /// property.</exception>
    /// <exception cref="IOException">The file can't be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to, or the file may not be replaced.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[] json = RecipeBytes();
        using AtomicFile file = new(path);
        file.Stream.Write(json);
        file.Stream.Write("\n"u8);
        file.Complete(flushToDisk: true);
    }

    /// <summary>The recipe as JSON, indented, with line feeds between lines. Strength, transform and levels are always written, so that the
    /// recipe stays the same if defaults change. Other settings are written if they differ from their defaults.</summary>
    /// <exception cref="InvalidOperationException">A value is out of range, or the settings contradict each other; the message names the
    /// property.</exception>
    public string ToJson() => Utf8.GetString(RecipeBytes());

    private byte[] RecipeBytes()
    {
        ThrowIfInvalid();
        byte[] json = RecipeWriter.Write(this);
        return json.Length < MostBytes
            ? json : throw new InvalidOperationException($"the recipe takes {json.Length} bytes; it must take less than {MostBytes}");
    }

    // Reads one byte more than a recipe may have, to notice a longer one.
    private static byte[] Bytes(Stream stream)
    {
        using MemoryStream bytes = new();
        byte[] part = new byte[1 << 12];
        while (bytes.Length <= MostBytes && stream.Read(part) is int count and > 0)
            bytes.Write(part, 0, count);
        return bytes.ToArray();
    }
}
