using Microsoft.AspNetCore.Http;
using Wct.AspNetCore.Styles;
using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.AspNetCore.Requests;

/// <summary>A checked request: the recipe, its files and the format of the result.</summary>
internal sealed partial class StylizeRequest
{
    private StylizeRequest(Recipe recipe, NamedFile? content, IReadOnlyDictionary<string, NamedFile> files, ResultFormat format,
        bool hasPreviews) =>
        (Recipe, Content, Files, Format, HasPreviews) = (recipe, content, files, format, hasPreviews);

    /// <summary>The recipe with the content's name and all levels, and with at least one style if its transforms use one.</summary>
    internal Recipe Recipe { get; }

    /// <summary>The photo; null for a texture.</summary>
    internal NamedFile? Content { get; }

    /// <summary>The files that the recipe names.</summary>
    internal IReadOnlyDictionary<string, NamedFile> Files { get; }

    /// <summary>The format of the result.</summary>
    internal ResultFormat Format { get; private set; }

    /// <summary>Whether the client wants the pictures of the levels.</summary>
    internal bool HasPreviews { get; }

    /// <summary>Tells the result's size, which the format must be able to hold.</summary>
    /// <exception cref="RequestProblem">It can't.</exception>
    internal void FitFormat(int width, int height) => Format = Format.For(width, height);

    /// <summary>Makes a request.</summary>
    /// <param name="request">Its headers are used.</param>
    /// <param name="upload">The body.</param>
    /// <param name="options">The limits.</param>
    /// <param name="library">The styles that the server has.</param>
    /// <param name="model">The levels of the model, deepest first.</param>
    /// <exception cref="RequestProblem">A part or a setting is missing or wrong.</exception>
    /// <exception cref="RecipeFormatException">A setting is wrong.</exception>
    internal static StylizeRequest Create(
        HttpRequest request, Upload upload, StyleTransferServiceOptions options, StyleLibrary library, IReadOnlyList<int> model)
    {
        // No field is there twice; CheckPart makes sure.
        Dictionary<string, string> fields = upload.Fields.ToDictionary();
        ResultFormat format = ResultFormat.Choose(
            request, fields.GetValueOrDefault(FormatField), fields.GetValueOrDefault(QualityField), options);
        bool previews = fields.GetValueOrDefault(PreviewsField, "false") switch
        {
            "true" => true,
            "false" => false,
            var other => throw RequestProblem.Bad($"previews is '{OneLine.Clean(RecipeCheck.Short(other))}'; it must be true or false."),
        };
        Recipe recipe = RecipeFields.Read(fields.GetValueOrDefault(RecipeField), fields, model);
        if (recipe.Model is { } weights)
            throw RequestProblem.Bad($"model is {OneLine.Clean(weights)}; the server has one model, so it must be left out.");
        NamedFile? content = ContentPart(upload, recipe);
        Dictionary<string, NamedFile> files = [];
        recipe = recipe.Styles.Count > 0 ? Checked(recipe, upload) : recipe with { Styles = PartsAsStyles(upload, files, library) };
        if (recipe.Styles.Count == 0 && RecipeStyles.UsesStyle(recipe))
            throw RequestProblem.Bad("The part 'style' is missing; it must be a painting, or the name of a style that the server has.");
        if (recipe.Styles.Count > options.MaxStyles)
        {
            throw new RequestProblem(400, "too_many_styles",
                $"The request has {recipe.Styles.Count} styles; the limit is {options.MaxStyles}.")
            {
                Limit = options.MaxStyles,
            };
        }

        recipe = recipe with
        {
            Levels = recipe.Levels ?? LevelOptions.Of(model),
            Content = content is null ? recipe.Content : new RecipePicture(content.Name) { Size = recipe.Content?.Size },
        };
        if (RecipeCheck.Problem(recipe) is { } problem)
            throw RequestProblem.Bad($"{problem}.");
        foreach (string name in Names(recipe).Where(name => !files.ContainsKey(name)))
            files.Add(name, Find(name, upload, library));
        if (recipe.Styles.FirstOrDefault(style => style.StyleMask is not null && files[style.File].Prepared is not null) is { } masked)
        {
            throw RequestProblem.Bad(
                $"The style '{masked.File}' was measured before; only a picture can have a styleMask, so it must be left out.");
        }

        CheckLength(recipe);
        return new StylizeRequest(recipe, content, files, format, previews);
    }

    // The result contains the recipe, so a recipe that is too long would fail after the whole computation.
    private static void CheckLength(Recipe recipe)
    {
        try
        {
            _ = recipe.ToJson();
        }
        catch (InvalidOperationException error)
        {
            throw RequestProblem.Bad($"The recipe can't be used: {error.Message}.");
        }
    }

    private static NamedFile? ContentPart(Upload upload, Recipe recipe)
    {
        UploadedFile[] contents = [.. upload.Files.Where(file => file.Part == Upload.Content)];
        if (recipe.Texture is not null)
        {
            return contents.Length == 0 ? null
                : throw RequestProblem.Bad("The recipe makes a texture, which has no content; the part 'content' must be left out.");
        }

        return contents.Length == 1 ? File(contents[0].Name, contents[0])
            : throw RequestProblem.Bad(contents.Length == 0
                ? "The part 'content' is missing; it must be the photo."
                : $"The form has {contents.Length} parts 'content'; it must have one.");
    }

    // A part that the recipe doesn't name would have no effect.
    private static Recipe Checked(Recipe recipe, Upload upload)
    {
        HashSet<string> names = [.. Names(recipe)];
        foreach ((UploadedFile? file, string? text) in upload.Styles)
        {
            if ((file?.Name ?? text!) is var name && !names.Contains(name))
                throw RequestProblem.Bad($"The style '{OneLine.Clean(name)}' isn't named in the recipe; its styles are {Shown(recipe)}.");
        }

        return recipe;
    }

    private static string Shown(Recipe recipe) => OneLine.Clean(RecipeCheck.Short(string.Join(", ", recipe.Styles.Select(style =>
        style.File))));

    private static List<RecipeStyle> PartsAsStyles(Upload upload, Dictionary<string, NamedFile> files, StyleLibrary library)
    {
        List<RecipeStyle> styles = [];
        foreach ((UploadedFile? file, string? text) in upload.Styles)
        {
            if (file is null)
            {
                styles.Add(RecipeText.Style(text!));
                continue;
            }

            // Pictures from a clipboard all have the same name.
            string own = file.Name;
            for (int i = 2; files.ContainsKey(own); i++)
                own = $"{file.Name} ({i})";
            files.Add(own, File(own, file));
            styles.Add(new RecipeStyle(own));
        }

        string[] named = [.. upload.Styles.Where(part => part.File is null).Select(part => RecipeText.Style(part.Text!).File)];
        return Array.Find(named, name => library.Has(name) && files.ContainsKey(name)) is { } name ? throw Ambiguous(name) : styles;
    }

    private static IEnumerable<string> Names(Recipe recipe) => recipe.Styles
        .SelectMany(style => (string?[])[style.File, style.Mask, style.StyleMask]).Append(recipe.Labels).OfType<string>().Distinct();

    private static NamedFile Find(string name, Upload upload, StyleLibrary library)
    {
        UploadedFile[] parts = [.. upload.Files.Where(file => file.Part != Upload.Content && file.Name == name)];
        if (parts.Length > 1)
            throw RequestProblem.Bad($"{parts.Length} parts have the file name '{OneLine.Clean(name)}', which the recipe names; one must "
                + "have it.");
        if (parts.Length == 1)
            return library.Has(name) ? throw Ambiguous(name) : File(name, parts[0]);
        return library.Find(name) ?? throw (StyleLibrary.IsId(name)
            ? new RequestProblem(404, "unknown_style", $"The style {name} isn't kept any longer; upload it again.")
            : RequestProblem.Bad(
                $"'{OneLine.Clean(RecipeCheck.Short(name))}' is neither the file name of a part nor a style that the server has."));
    }

    private static RequestProblem Ambiguous(string name) => RequestProblem.Bad(
        $"'{OneLine.Clean(RecipeCheck.Short(name))}' is the file name of a part and also a style that the server has; the part must have "
            + "another file name.");

    private static NamedFile File(string name, UploadedFile file) => new(name, file.Open);
}
