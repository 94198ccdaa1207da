using Wct.Imaging;
using Wct.Net.Recipes;

namespace Wct.Cli.Stylize;

/// <summary>Reads recipes from their own files and from results.</summary>
internal static class RecipeInput
{
    /// <summary>The keyword of a PNG file's text with its recipe.</summary>
    internal const string Keyword = "wct:recipe";

    /// <summary>Reads a recipe from a JSON file, or from a PNG file that has one.</summary>
    /// <exception cref="Failure">The file can't be read, has no recipe, or the recipe is wrong; the message begins with the
    /// path.</exception>
    internal static Recipe Load(string path) => FileErrors.Naming(path, () =>
    {
        try
        {
            string extension = Path.GetExtension(path).ToLowerInvariant();
            if (extension != OutputFile.Png && ImageFile.Extensions.Contains(extension))
                throw new Failure($"{path}: a '{extension}' file has no recipe in it; PNG results and JSON files have");
            if (extension != OutputFile.Png)
                return Recipe.Load(path);
            using ImageReader reader = ImageFile.Open(path);
            // Other programs move texts behind the pixels.
            string? text = reader.FindText(Keyword);
            if (text is null)
            {
                Skip(reader);
                text = reader.FindText(Keyword) ?? throw new Failure($"{path}: has no recipe in it");
            }

            return Recipe.Parse(text);
        }
        catch (RecipeFormatException error)
        {
            throw new Failure(error.Source is null ? $"{path}: {error.Problem}" : error.Message, error);
        }
    });

    // Reads all rows.
    private static void Skip(ImageReader picture)
    {
        byte[] row = new byte[picture.Width * picture.Layout.BytesPerPixel()];
        for (int y = 0; y < picture.Height; y++)
            picture.ReadRows(row);
    }
}
