using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.Cli.Methods;

/// <summary>A feature transform, as <c>wct stylize</c> runs it: measures the style and stylizes the photo.</summary>
/// <param name="transfer">The networks.</param>
/// <param name="recipe">The complete recipe with the transform.</param>
/// <param name="options">Its options for the library.</param>
internal sealed class TransformMethod(StyleTransfer transfer, Recipe recipe, StylizeOptions options) : IStyleMethod
{
    public string Name => recipe.Transform.Name!;

    /// <summary>The complete recipe.</summary>
    internal Recipe Recipe => recipe;

    public PixelImage Run(
        PixelImage content, PixelImage style, IProgress<StylizeProgress>? progress, CancellationToken cancellationToken) =>
        transfer.Stylize(content, style, options, progress, cancellationToken);
}
