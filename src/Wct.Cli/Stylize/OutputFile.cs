using Wct.Imaging;

namespace Wct.Cli.Stylize;

/// <summary>The result's file.</summary>
internal static class OutputFile
{
    /// <summary>The extension of results whose content's format would lose something, or can't be written.</summary>
    internal const string Png = ".png";

    /// <summary>Stands between the two pictures' names.</summary>
    internal const char Between = '-';

    private const string GrayOnly = ".pgm", Option = "--output";

    /// <summary>Refuses what can be no result's name: it needs an extension that stands for a format that can hold colors.</summary>
    /// <param name="path">What the option says; empty where it isn't there.</param>
    /// <param name="many">Whether it must name a folder, for many results.</param>
    /// <returns>Null where it is fine.</returns>
    internal static string? Problem(string path, bool many)
    {
        if (many)
            return path.Length > 0 ? null
                : $"{Option} is required where a picture is a folder or a pattern: it names the folder for the results";
        if (path.Length == 0 || Problem(path) is not { } problem)
            return null;
        return $"{Option} is '{path}', {problem}: "
            + $"{string.Join(' ', ImageFile.WritableExtensions.Where(extension => extension != GrayOnly))}";
    }

    /// <summary>The name that a result gets when none is asked for: in the current folder, not beside the content, which may lie among
    /// originals.</summary>
    internal static string DefaultName(string content, string style, PixelLayout format) =>
        Stem(Path.GetFileNameWithoutExtension(content), Path.GetFileNameWithoutExtension(style)) + Extension(content, format);

    /// <summary>The name of the result of two pictures, without its extension.</summary>
    internal static string Stem(string content, string style) => content + Between + style;

    /// <summary>The content's extension where that can be written and loses nothing, else PNG.</summary>
    internal static string Extension(string content, PixelLayout format)
    {
        string extension = Path.GetExtension(content);
        bool keeps = format != PixelLayout.Rgba32 && ImageFile.CanWrite(content)
            && !extension.Equals(GrayOnly, StringComparison.OrdinalIgnoreCase);
        return keeps ? extension : Png;
    }

    /// <summary>Finds out, before long work begins, whether a result can be written: it starts a file and abandons it.</summary>
    /// <exception cref="Failure">It can't; the message begins with the path.</exception>
    internal static void Check(string path, PictureRows like) => FileErrors.Naming(path, () =>
    {
        try
        {
            if (Directory.Exists(path))
                throw new Failure($"{path}: is a folder; name a file in it, {Path.Join(path, "result.png")}");
            Create(path, like.Width, like.Height, like.Layout, new ImageWriteOptions()).Dispose();
            return true;
        }
        catch (ArgumentException error)
        {
            throw new Failure(error.Message.StartsWith(path, StringComparison.Ordinal) ? ErrorLine.Problem(error)
                : $"{path}: {ErrorLine.Problem(error)}", error);
        }
    });

    /// <summary>Begins a result's file.</summary>
    /// <param name="content">The content's format: the result has the same, but always colors.</param>
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
