using Wct.Cli.Optimize;
using Wct.Cli.Stylize;
using Wct.Cli.Training;
using Wct.Net;
using Wct.Training;
using Wct.Training.Losses;

namespace Wct.Cli.Methods;

/// <summary>Measures how far pictures are from a style and a content, with one network for all methods.</summary>
/// <remarks>The losses of Gatys et al. (2015, equations 3 to 5; 2016, equation 1), relative to those of features that are all
/// zero.</remarks>
internal sealed class Judge
{
    private readonly string _path, _stylePath;
    private readonly ILossTerm[] _losses;
    private readonly PixelOptimizerOptions _options;

    /// <param name="path">The encoder's file or folder; "builtin" for the built-in one.</param>
    /// <param name="content">The photo.</param>
    /// <param name="style">The painting.</param>
    /// <param name="request">The painting's file, and the number of threads.</param>
    /// <param name="cancellationToken">Ends the wait for the file.</param>
    /// <exception cref="Failure">The file can't be read.</exception>
    internal Judge(string path, PixelImage content, PixelImage style, StylizeRequest request, CancellationToken cancellationToken)
    {
        (_path, _stylePath) = (path, request.Style);
        _losses = [new RelativeLoss(new GramLoss(style)), new RelativeLoss(new ContentLoss(content, Defaults.ContentTapName))];
        _options = new PixelOptimizerOptions
        {
            Network = EncoderInput.Load(path, cancellationToken),
            Pooling = Defaults.Pooling(path),
            Threads = request.Threads,
        };
    }

    /// <summary>Measures a picture.</summary>
    /// <param name="picture">A picture of the content's size.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Both losses: 0 for equal features, 1 for features of zero.</returns>
    /// <exception cref="Failure">The encoder lacks a tap, or the painting has no visible pixel.</exception>
    internal (double Style, double Content) Measure(PixelImage picture, CancellationToken cancellationToken)
    {
        try
        {
            LossValues? values = null;
            InvisibleStyle.Naming(
                _stylePath, () => values = PixelOptimizer.Evaluate(picture, _losses, content: null, _options, cancellationToken));
            return (values![_losses[0].Name], values[_losses[1].Name]);
        }
        catch (ArgumentException error)
        {
            throw new Failure(NetworkError.Naming(_path, ErrorLine.Problem(error).TrimEnd('.')), error);
        }
    }
}
