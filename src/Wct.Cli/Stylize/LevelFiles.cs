using Wct.Imaging;
using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.Cli.Stylize;

/// <summary>Writes the picture of each level into a folder, for <c>--save-levels</c>.</summary>
internal static class LevelFiles
{
    private const int RowsAtATime = 64;

    /// <summary>The receiver of the levels' pictures; null if they are not asked for.</summary>
    /// <param name="request">The command's options.</param>
    /// <param name="recipe">The complete recipe.</param>
    /// <exception cref="Failure">The folder can't be made, or a picture would replace an input.</exception>
    internal static Action<LevelPicture>? Of(StylizeRequest request, Recipe recipe)
    {
        if (request.SaveLevels is not { } folder)
            return null;
        if (File.Exists(folder))
            throw new Failure($"{folder}: is a file; --save-levels names a folder");
        FileErrors.Naming(folder, () => Directory.CreateDirectory(folder));
        InputGuard? guard = request.Force ? null : new InputGuard(request.Inputs);
        for (int pass = 1; pass <= recipe.Passes; pass++)
        {
            foreach (LevelOptions level in recipe.Levels!)
                guard?.Check(Name(pass, level.Level));
        }

        return picture => Write(Name(picture.Pass, picture.Level), picture.Picture);

        string Name(int pass, int level) => Path.Join(folder, recipe.Passes > 1 ? $"pass{pass}-level{level}.png" : $"level{level}.png");
    }

    private static void Write(string path, IPixelReader picture) => FileErrors.Naming(path, () =>
    {
        using ImageWriter writer = ImageFile.Create(path, picture.Width, picture.Height, picture.Layout, new ImageWriteOptions());
        int stride = picture.Width * picture.Layout.BytesPerPixel();
        byte[] rows = new byte[RowsAtATime * stride];
        for (int y = 0; y < picture.Height; y += RowsAtATime)
        {
            Span<byte> next = rows.AsSpan(0, Math.Min(RowsAtATime, picture.Height - y) * stride);
            picture.ReadRows(next);
            writer.WriteRows(next);
        }

        writer.Complete();
        return true;
    });
}
