using System.CommandLine.Parsing;
using Wct.Imaging;

namespace Wct.Cli.Stylize;

/// <summary>The result's file.</summary>
internal static class OutputFile
{
    private const string Suffix = "-stylized", Png = ".png", GreyOnly = ".pgm", Option = "--output";

    /// <summary>Reads the option: a name whose extension stands for a format that can hold colours.</summary>
    internal static string? Parse(ArgumentResult result)
    {
        string? path = Values.Path(Option)(result);
        if (string.IsNullOrEmpty(path) || Problem(path) is not { } problem)
            return path;
        result.AddError($"{Option} is '{path}', {problem}: {string.Join(' ', ImageFile.Extensions.Where(extension => extension != GreyOnly))}");
        return path;
    }

    /// <summary>The name that a result gets when none is asked for: in the current folder, not beside the content, which may lie among originals.</summary>
    /// <remarks>The content's extension where that can be written and loses nothing, else PNG.</remarks>
    internal static string DefaultName(string content, PixelFormat format)
    {
        string extension = Path.GetExtension(content);
        bool keeps = format != PixelFormat.Rgba32 && ImageFile.CanWrite(content)
            && !extension.Equals(GreyOnly, StringComparison.OrdinalIgnoreCase);
        return Path.GetFileNameWithoutExtension(content) + Suffix + (keeps ? extension : Png);
    }

    /// <summary>Finds out, before long work begins, whether a result can be written: it starts a file and abandons it.</summary>
    /// <exception cref="Failure">It can't; the message begins with the path.</exception>
    internal static void Check(string path, PictureRows like) => FileErrors.Naming(path, () =>
    {
        try
        {
            Create(path, like.Width, like.Height, like.FileFormat, new ImageWriteOptions()).Dispose();
            return true;
        }
        catch (ArgumentException error)
        {
            throw new Failure(error.Message.StartsWith(path, StringComparison.Ordinal) ? ErrorLine.Problem(error) : $"{path}: {ErrorLine.Problem(error)}", error);
        }
    });

    /// <summary>Begins a result's file.</summary>
    /// <param name="content">The content's format: the result has the same, but always colours.</param>
    internal static ImageWriter Create(string path, int width, int height, PixelFormat content, ImageWriteOptions options) =>
        ImageFile.Create(path, width, height, content == PixelFormat.Gray8 ? PixelFormat.Rgb24 : content, options);

    private static string? Problem(string path)
    {
        string extension = Path.GetExtension(path);
        if (extension.Length == 0)
            return "it has no extension; one chooses the format";
        if (extension.Equals(GreyOnly, StringComparison.OrdinalIgnoreCase))
            return $"{GreyOnly} holds no colours; the others do";
        return ImageFile.CanWrite(path) ? null : $"'{extension}' can't be written; these can";
    }
}
