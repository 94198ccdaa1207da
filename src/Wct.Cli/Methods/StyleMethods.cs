using Wct.Cli.Networks;
using Wct.Cli.Optimize;
using Wct.Cli.Stylize;
using Wct.Cli.Training;
using Wct.Cli.Weights;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Recipes;
using Wct.Net.Transforms;

namespace Wct.Cli.Methods;

/// <summary>The methods of a sheet, with what they compute with.</summary>
internal sealed class StyleMethods : IDisposable
{
    private readonly StylizeRequest _request;
    private readonly List<IStyleMethod> _all = [];
    private readonly CancellationToken _cancellationToken;
    private StyleTransfer? _transfer;

    /// <summary>Reads and prepares what the methods need.</summary>
    /// <param name="request">The options of transforms and machine.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="cancellationToken">Ends the wait for a model.</param>
    /// <exception cref="Failure">A file can't be used; the message names it.</exception>
    internal StyleMethods(StylizeRequest request, MethodRequest methods, CancellationToken cancellationToken)
    {
        (_request, _cancellationToken) = (request, cancellationToken);
        try
        {
            foreach (string name in methods.Methods)
                _all.AddRange(Open(name, methods));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The methods, in the order of the sheet.</summary>
    internal IReadOnlyList<IStyleMethod> All => _all;

    /// <summary>Warns of a style swap that takes long.</summary>
    internal void WarnOfSwap(PixelImage content, PixelImage style)
    {
        foreach (TransformMethod method in _all.OfType<TransformMethod>())
            new SwapWarning(_request, _transfer!).Tell(
                method.Recipe, content.Width, content.Height, (_, level) => SwapWarning.Pixels(style.Width, style.Height, level));
    }

    public void Dispose()
    {
        foreach (IDisposable method in _all.OfType<IDisposable>())
            method.Dispose();
        _transfer?.Dispose();
    }

    private IEnumerable<IStyleMethod> Open(string name, MethodRequest methods) => name switch
    {
        MethodOptions.Network => methods.Networks.Select(file => NetworkMethod.Open(file, _request)),
        OptimizeCommand.Name =>
        [
            new OptimizeMethod(
                EncoderInput.Load(ModelInput.BuiltInName, _cancellationToken), methods.Steps, _request.Recipe.PreserveColor,
                _request.Threads),
        ],
        _ => [Transform(FeatureTransform.Named(name))],
    };

    private TransformMethod Transform(FeatureTransform transform)
    {
        _transfer ??= StylizeRun.Transfer(_request, ModelInput.Load(_request.Weights, _cancellationToken));
        Recipe recipe = (_request with { Recipe = _request.Recipe with { Transform = transform } })
            .Complete(StylizeRun.Levels(_transfer.Model));
        return new TransformMethod(_transfer, recipe, StylizeRun.Options(_request, recipe));
    }
}
