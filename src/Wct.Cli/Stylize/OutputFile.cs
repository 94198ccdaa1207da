using System.CommandLine;
using Wct.Imaging;

namespace Wct.Cli.Stylize;

/// <summary>Names, checks and creates the result's file.</summary>
internal static class OutputFile
{
    /// <summary>The extension of a result if the content's format can't be written or would lose alpha or colors.</summary>
    internal const string Png = ".png";

    /// <summary>Separates the names of the two pictures.</summary>
    internal const char Between = '-';

    private const string GrayOnly = ".pgm", Name = "--output";

    /// <summary>The option for a result's file.</summary>
    internal static Option<string?> Option(string description) => new(Name, "-o")
    {
        Description = description,
        HelpName = "FILE",
        CustomParser = Values.Path(Name),
    };

    /// <summary>Checks the name of a result. A file needs the extension of a format with colors.</summary>
    /// <param name="path">The option's value; empty if the option is not given.</param>
    /// <param name="many">Whether it must name a folder for several results.</param>
    /// <returns>The problem; null if there is none.</returns>
    internal static string? Problem(string path, bool many)
    {
        if (many)
            return path.Length > 0 ? null
                : $"{Name} is required where a picture is a folder or a pattern: it names the folder for the results";
        if (path.Length == 0 || Problem(path) is not { } problem)
            return null;
        return $"{Name} is '{path}', {problem}: "
            + $"{string.Join(' ', ImageFile.WritableExtensions.Where(extension => extension != GrayOnly))}";
    }

    /// <summary>The default name of a result. It is in the current folder and not next to the content, because that folder may hold
    /// originals.</summary>
    internal static string DefaultName(string content, IEnumerable<string> styles, PixelLayout format) =>
        styles.Select(style => Path.GetFileNameWithoutExtension(style)).Distinct()
            .Aggregate(Path.GetFileNameWithoutExtension(content), Stem) + Extension(content, format);

    /// <summary>The name of the result of two pictures, without its extension.</summary>
    internal static string Stem(string content, string style) => content + Between + style;

    /// <summary>The content's extension if its format can be written without loss of alpha and colors, otherwise PNG.</summary>
    internal static string Extension(string content, PixelLayout format)
    {
        string extension = Path.GetExtension(content);
        bool keeps = format != PixelLayout.Rgba32 && ImageFile.CanWrite(content)
            && !extension.Equals(GrayOnly, StringComparison.OrdinalIgnoreCase);
        return keeps ? extension : Png;
    }

    /// <summary>Checks before long work begins whether a result can be written, by creating a file and discarding it.</summary>
    /// <exception cref="Failure">It can't be written; the message begins with the path.</exception>
    internal static void Check(string path, IPixelReader like) => Check(path, like.Width, like.Height, like.Layout);

    /// <summary>Checks before long work begins whether a result can be written, by creating a file and discarding it.</summary>
    /// <exception cref="Failure">It can't be written; the message begins with the path.</exception>
    internal static void Check(string path, int width, int height, PixelLayout layout) => FileErrors.Naming(path, () =>
    {
        try
        {
            if (Directory.Exists(path))
                throw new Failure($"{path}: is a folder; name a file in it, {Path.Join(path, "result.png")}");
            Create(path, width, height, layout, new ImageWriteOptions()).Dispose();
            return true;
        }
        catch (ArgumentException error)
        {
            throw new Failure(error.Message.StartsWith(path, StringComparison.Ordinal) ? ErrorLine.Problem(error)
                : $"{path}: {ErrorLine.Problem(error)}", error);
        }
    });

    /// <summary>Creates a result's file.</summary>
    /// <param name="path">The file; its extension chooses the format.</param>
    /// <param name="width">Pixels per row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="content">The content's layout. The result has the same layout, or RGB if the content is gray.</param>
    /// <param name="options">Metadata, and the quality of a JPEG file.</param>
    internal static ImageWriter Create(string path, int width, int height, PixelLayout content, ImageWriteOptions options) =>
        ImageFile.Create(path, width, height, content == PixelLayout.Gray8 ? PixelLayout.Rgb24 : content, options);

    private static string? Problem(string path)
    {
        string extension = Path.GetExtension(path);
        if (Path.EndsInDirectorySeparator(path) || (extension.Length == 0 && Directory.Exists(path)))
            return "which names a folder; the result of two files is a file, and its extension chooses the format";
        if (extension.Length == 0)
            return "it has no extension; one chooses the format";
        if (extension.Equals(GrayOnly, StringComparison.OrdinalIgnoreCase))
            return $"{GrayOnly} holds no colors; the others do";
        return ImageFile.CanWrite(path) ? null : $"'{extension}' can't be written; these can";
    }
}
