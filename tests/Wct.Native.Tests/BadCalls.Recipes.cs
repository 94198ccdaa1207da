using System.Text;
using Wct.Imaging;

namespace Wct.Native.Tests;

internal sealed unsafe partial class BadCalls
{
    private IEnumerable<BadCall> Recipes()
    {
        ImageFile.Write(_folder.File("style.png"), Pictures.Textured(20, 16));
        ImageFile.Write(_folder.File("hidden.png"), new PixelImage(5, 4, PixelLayout.Rgba32));
        return
        [
            new("no recipe", WctStatus.WCT_INVALID_ARGUMENT, "'recipe' is NULL", () => RecipeOf(null)),
            new("an empty recipe", WctStatus.WCT_INVALID_ARGUMENT, "the recipe is not valid JSON", () => RecipeOf(_empty)),
            new("half a recipe", WctStatus.WCT_INVALID_ARGUMENT, "the recipe is not valid JSON", () => Recipe("{\"styles\": [")),
            new("a deep recipe", WctStatus.WCT_INVALID_ARGUMENT, "the recipe is not valid JSON", () => Recipe(new string('[', 100_000))),
            new("a long recipe", WctStatus.WCT_INVALID_ARGUMENT, "more than 1048576 bytes", () => Recipe(new string(' ', 2_000_000))),
            new("a recipe that is no UTF-8", WctStatus.WCT_INVALID_ARGUMENT, "bytes that are not UTF-8", () => RecipeOf(NoUtf8)),
            new("a recipe's number out of range", WctStatus.WCT_INVALID_ARGUMENT, "styles[0].weight is -1; it must be at least 0", () =>
                Recipe("""{"styles": [{"file": "a", "weight": -1}]}""")),
            new("a recipe without styles", WctStatus.WCT_INVALID_ARGUMENT, "The recipe has no styles", () => Recipe("{}")),
            new("a recipe's level", WctStatus.WCT_INVALID_ARGUMENT, "levels[0] is 6; it must be from 1 to 5", () =>
                Recipe("""{"styles": [{"file": "a"}], "levels": [6]}""")),
            new("a recipe of a missing picture", WctStatus.WCT_FILE_ERROR, "none.png: no such file.", () => RecipeWith("none.png")),
            new("a recipe of a missing folder", WctStatus.WCT_FILE_ERROR, "none/a.png: no such file.", () => RecipeWith("none/a.png")),
            new("a recipe of a folder", WctStatus.WCT_FILE_ERROR, ": a folder, not a picture.", () => RecipeWith("")),
            new("a recipe of a missing style", WctStatus.WCT_FILE_ERROR, "missing.safetensors", () => RecipeWith("missing.safetensors")),
            new("a recipe of a damaged style", WctStatus.WCT_FORMAT_ERROR, "damaged.safetensors", () => RecipeWith("damaged.safetensors")),
            new("a recipe of another model's style", WctStatus.WCT_MODEL_MISMATCH, "another model", () => RecipeWith("other.safetensors")),
            new("a recipe of text", WctStatus.WCT_FORMAT_ERROR, "text.png: ", RecipeOfText),
            new("a recipe of nothing visible", WctStatus.WCT_INVALID_ARGUMENT, "hidden.png: the style has no visible pixel", () =>
                RecipeWith("hidden.png")),
            new("a recipe's mask of another size", WctStatus.WCT_INVALID_ARGUMENT,
                "style.png has 20x16 pixels, the photo has 24x24", () => RecipeWith("style.png", $", \"mask\": \"{Name("style.png")}\"")),
            new("a recipe's style mask of another size", WctStatus.WCT_INVALID_ARGUMENT,
                "hidden.png has 5x4 pixels, ", () => RecipeWith("style.png", $", \"styleMask\": \"{Name("hidden.png")}\"")),
            new("a recipe's huge style", WctStatus.WCT_INVALID_ARGUMENT, "becomes 1310720x1048576", () =>
                RecipeWith("style.png", after: ", \"styleSize\": 1048576")),
            new("a recipe's huge photo", WctStatus.WCT_INVALID_ARGUMENT, "at most 2147483647 are possible", () =>
                RecipeWith("style.png", after: ", \"content\": {\"file\": \"a\", \"size\": 1048576}")),
            new("a recipe's photo that is too large", WctStatus.WCT_INVALID_ARGUMENT, "'result->bytes' is 2304, 25x25 pixels", () =>
                RecipeWith("style.png", after: ", \"content\": {\"file\": \"a\", \"size\": 25}")),
            new("a photo for a recipe's texture", WctStatus.WCT_INVALID_ARGUMENT, "'photo' must be NULL", () =>
                RecipeWith("style.png", after: ", \"texture\": {\"width\": 8, \"height\": 8}")),
            new("no photo for a recipe", WctStatus.WCT_INVALID_ARGUMENT, "'photo' is NULL", RecipeWithoutPhoto),
            new("a recipe without a model", WctStatus.WCT_INVALID_HANDLE, "model's handle is NULL", RecipeWithoutModel),
            new("a recipe with bad options", WctStatus.WCT_INVALID_ARGUMENT, "'options->reserved' is 3", RecipeWithReserved),
            new("the size of no recipe", WctStatus.WCT_INVALID_ARGUMENT, "'recipe' is NULL", () => RecipeSize(null, 5, 5)),
            new("the size without a photo", WctStatus.WCT_INVALID_ARGUMENT, "The photo is 0x5 pixels", () => RecipeSize(Braces, 0, 5)),
            new("a size without a place", WctStatus.WCT_INVALID_ARGUMENT, "'result_height' is NULL", RecipeSizeNowhere),
        ];
    }

    private static readonly byte* Braces = Libwct.Text("{}");

    private string Name(string file) => _folder.File(file).Replace('\\', '/');

    private WctStatus RecipeWith(string file, string style = "", string after = "") =>
        Recipe($$"""{"styles": [{"file": "{{Name(file)}}"{{style}}}]{{after}}}""");

    private WctStatus RecipeOfText()
    {
        string path = _folder.File($"{Environment.CurrentManagedThreadId} text.png");
        if (!File.Exists(path))
            File.WriteAllText(path, "not a picture");
        return RecipeWith(Path.GetFileName(path));
    }

    private WctStatus Recipe(string json)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(json + '\0'))
            return RecipeOf(text);
    }

    private WctStatus RecipeOf(byte* recipe)
    {
        Libwct.Picture photo = Picture;
        Libwct.Target target = Target;
        return Libwct.StylizeRecipe(_model.Handle, &photo, recipe, &target);
    }

    private WctStatus RecipeWithoutPhoto()
    {
        Libwct.Target target = Target;
        return Libwct.StylizeRecipe(_model.Handle, null, Braces, &target);
    }

    private WctStatus RecipeWithoutModel()
    {
        Libwct.Picture photo = Picture;
        Libwct.Target target = Target;
        return Libwct.StylizeRecipe(0, &photo, Braces, &target);
    }

    private WctStatus RecipeWithReserved()
    {
        Libwct.Picture photo = Picture;
        Libwct.Target target = Target;
        Libwct.Options options = Libwct.Defaults with { Reserved = 3 };
        return Libwct.StylizeRecipeWith(_model.Handle, &photo, Braces, &options, &target);
    }

    private static WctStatus RecipeSize(byte* recipe, int width, int height)
    {
        int resultWidth, resultHeight;
        return Libwct.RecipeSize(recipe, width, height, null, &resultWidth, &resultHeight);
    }

    private static WctStatus RecipeSizeNowhere()
    {
        int width;
        return Libwct.RecipeSize(Braces, 5, 5, null, &width, null);
    }
}
