using Wct.AspNetCore.Endpoints;
using Wct.AspNetCore.Requests;
using Wct.AspNetCore.Styles;
using Wct.Imaging;
using Wct.Net.Recipes;

namespace Wct.AspNetCore.Work;

/// <summary>Keeps an uploaded style, and prepares it with the default settings.</summary>
internal static class StylePreparing
{
    /// <summary>Checks whether the request may have a part, before the part is read.</summary>
    /// <exception cref="RequestProblem">It may not.</exception>
    internal static void CheckPart(Upload upload, string name, bool isFile)
    {
        if (!isFile && name == Upload.Style)
            throw RequestProblem.Bad("The field 'style' is a text; a style must be a file, with a file name.");
        if (!isFile)
            throw RequestProblem.Bad($"The field '{OneLine.Clean(RecipeCheck.Short(name))}' is unknown; a style has no settings.");
        if (name != Upload.Style || upload.Files.Count > 0)
            throw WrongFiles(upload.Files.Count + (name == Upload.Style ? 1 : 0), upload.Files.Count + 1);
    }

    /// <summary>Checks the style, waits in the queue, and prepares it.</summary>
    /// <param name="service">Has the queue and the cache.</param>
    /// <param name="upload">The style.</param>
    /// <param name="cancellationToken">Ends the preparation within one layer.</param>
    internal static async Task<PreparedAnswer> Run(StylizeService service, Upload upload, CancellationToken cancellationToken)
    {
        if (upload.Files is not [var uploaded])
            throw WrongFiles(0, 0);
        service.Library.CheckLength(uploaded.Length);
        NamedFile file = new(uploaded.Name, uploaded.Open);
        Recipe recipe = new() { Styles = [new RecipeStyle(file.Name)] };
        Dictionary<string, NamedFile> files = new() { [file.Name] = file };
        (int, int)? size = await service.Checked(_ => Size(service, file), cancellationToken);
        // Only a style that could be prepared is kept.
        string id = await service.Enqueue(
            token =>
            {
                service.Prepare(recipe, files, colors: null, progress: null, token);
                return service.Library.Add(file);
            },
            files.Values, _ => { }, cancellationToken);
        return new PreparedAnswer(id, size?.Item1, size?.Item2);
    }

    private static RequestProblem WrongFiles(int styles, int all) =>
        RequestProblem.Bad($"The form has {styles} files named 'style', and {all} in all; it must have one.");

    private static (int Width, int Height)? Size(StylizeService service, NamedFile file)
    {
        if (file.IsStyleFile)
            return null;
        using ImageReader reader = file.OpenPicture(service.Reading);
        return (reader.Width, reader.Height);
    }
}
