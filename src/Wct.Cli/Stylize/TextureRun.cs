using System.Diagnostics;
using Wct.Cli.Weights;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Recipes;

namespace Wct.Cli.Stylize;

/// <summary>Runs <c>wct texture</c>.</summary>
internal static class TextureRun
{
    /// <returns>The exit code.</returns>
    internal static int Run(StylizeRequest request, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        Task<WctModel> weights = ModelInput.Start(request.Weights);
        RecipeTexture texture = CheckedSize(request);
        string output = Output(request);
        request.CheckFiles(output);
        OutputFile.Check(output, texture.Width, texture.Height, PixelLayout.Rgb24);
        WctModel model = StylizeRun.Result(weights, cancellationToken);
        Recipe recipe = request.Complete(StylizeRun.Levels(model));
        TextureOptions options;
        try
        {
            options = recipe.ToTextureOptions() with { MaxMemory = request.MaxMemory };
        }
        catch (InvalidOperationException error)
        {
            throw new Failure(error.Message, error);
        }

        using StyleTransfer transfer = StylizeRun.Transfer(request, model);
        StyleInput input = new(request, cancellationToken);
        PreparedStyle style = input.Styles(transfer, recipe, colors: null).Style;
        using ResultRows result = new(
            output, texture.Width, texture.Height, PixelLayout.Rgb24,
            StylizeRun.WriteOptions(request, recipe, output, metadata: null));
        new SwapWarning(request, transfer).Tell(recipe, texture.Width, texture.Height, input.Patches);
        StylizeRun.Display(request).Show(progress => ReadingMemory.Explaining(
            () => transfer.Synthesize(style, texture.Width, texture.Height, result, options, progress, cancellationToken)));
        StylizeRun.Complete(request, output, result, recipe, start, cancellationToken);
        return ExitCode.Done;
    }

    /// <summary>The texture's size.</summary>
    /// <exception cref="Failure">It has too many pixels.</exception>
    internal static RecipeTexture CheckedSize(StylizeRequest request)
    {
        RecipeTexture texture = request.Recipe.Texture!;
        return (long)texture.Width * texture.Height <= request.MaxPixels ? texture : throw new Failure(
            $"--size is {texture.Width}x{texture.Height}, which has more than {request.MaxPixels} pixels, the limit; --max-pixels raises "
                + "it");
    }

    /// <summary>The result's file.</summary>
    internal static string Output(StylizeRequest request) =>
        request.Output ?? Path.GetFileNameWithoutExtension(request.Style) + "-texture" + OutputFile.Png;
}
