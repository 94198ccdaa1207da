using Wct.Net.Recipes;

namespace Wct.AspNetCore.Requests;

internal sealed partial class StylizeRequest
{
    private const string RecipeField = "recipe", FormatField = "format", QualityField = "quality", PreviewsField = "previews";
    private static readonly string[] FileParts = [Upload.Content, Upload.Style, "mask", "styleMask", "labels", "file"];

    /// <summary>Checks whether a request may have a part, before the part is read.</summary>
    /// <exception cref="RequestProblem">It may not.</exception>
    internal static void CheckPart(Upload upload, string name, bool isFile)
    {
        if (isFile)
            CheckFile(upload, name);
        else if (name != Upload.Style)
            CheckField(upload, name);
    }

    private static void CheckFile(Upload upload, string part)
    {
        if (!FileParts.Contains(part))
        {
            throw RequestProblem.Bad(
                $"The part '{Shown(part)}' is unknown; a file's part must be one of {string.Join(", ", FileParts)}.");
        }

        int contents = part == Upload.Content ? upload.Files.Count(file => file.Part == Upload.Content) : 0;
        if (contents > 0)
            throw RequestProblem.Bad($"The form has {contents + 1} parts 'content'; it must have one.");
    }

    private static void CheckField(Upload upload, string name)
    {
        if (name is not (RecipeField or FormatField or QualityField or PreviewsField) && OptionTable.Find(name) is null)
        {
            string known = string.Join(", ", OptionTable.All.Select(option => option.Name));
            string hint = FileParts.Contains(name) ? "it must be a file, with a file name"
                : $"the request can have {RecipeField}, {FormatField}, {QualityField}, {PreviewsField}, {Upload.Style}, {known}";
            throw RequestProblem.Bad($"The field '{Shown(name)}' is unknown or has no file; {hint}.");
        }

        if (upload.Fields.Any(field => field.Key == name))
            throw RequestProblem.Bad($"The field '{name}' is there twice; it must be there once.");
    }

    private static string Shown(string name) => OneLine.Clean(RecipeCheck.Short(name));
}
