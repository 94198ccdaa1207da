using System.CommandLine;
using Wct.Cli.Optimize;
using Wct.Cli.Stylize;
using Wct.Cli.Weights;
using Wct.Imaging;
using Wct.Kernels;
using Wct.Net.Models;
using Wct.Training.Tasks;

namespace Wct.Cli.Training;

/// <summary>The options that the training commands of feed-forward networks share.</summary>
/// <param name="variation">The default weight of the total variation.</param>
/// <param name="width">The default width of a new network, and the description of the option; 0 may be chosen if it is the default.</param>
internal sealed class NetworkArguments(double variation, (long Default, string Description) width)
{
    private const int MostWidth = 256, MostBlocks = 64;

    private readonly Option<string> _network = new("--loss-network")
    {
        Description = $"The network whose features are compared, for instance a VGG-19: {EncoderInput.Help}.",
        HelpName = "PATH",
        DefaultValueFactory = _ => ModelInput.BuiltInName,
        CustomParser = Values.Path("--loss-network"),
    };

    private readonly Option<string?> _pool = LossOptions.Pool();

    private readonly Option<double> _variation = LossOptions.Variation(variation);

    private readonly Option<string?> _start = new("--start")
    {
        Description = "A network of the same kind that is trained further. Without it: random weights.",
        HelpName = "NETWORK",
        CustomParser = Values.Path("--start"),
    };

    private readonly Option<bool> _half = new("--half") { Description = "Store weights in half precision (F16)." };

    private readonly Option<string?> _origin =
        new("--origin") { Description = "What the file says about where its weights come from.", HelpName = "TEXT" };

    private readonly Option<string?> _license =
        new("--license") { Description = "What the file says about its license.", HelpName = "TEXT" };

    /// <summary>The option for the width of a new network.</summary>
    internal Option<long> Width { get; } = NumberOption.Whole(
        "--width", width.Description, width.Default == 0 ? 0 : 1, MostWidth, width.Default);

    /// <summary>The options.</summary>
    internal IReadOnlyList<Option> All => [_network, _pool, _variation, Width, _start, _half, _origin, _license];

    /// <summary>The option for the residual blocks of a new network.</summary>
    internal static Option<long> Blocks(long blocks) =>
        NumberOption.Whole("--blocks", "Residual blocks of a new network.", 0, MostBlocks, blocks);

    /// <summary>Reads a style.</summary>
    /// <param name="path">The file.</param>
    /// <param name="side">Length of the shorter side after resizing, in pixels; 0 keeps the size.</param>
    internal static PixelImage Style(string path, int side)
    {
        using PictureRows rows = Pictures.Open(path, side, new ImageReadOptions(), memory: null, new PictureWarnings());
        PixelImage image = new(rows.Width, rows.Height, rows.Layout);
        rows.ReadRows(image.Bytes);
        return image;
    }

    /// <summary>Sets the options' values.</summary>
    internal T Apply<T>(ParseResult parsed, T options, TrainingRequest request, CancellationToken cancellationToken)
        where T : NetworkTaskOptions
    {
        string network = parsed.GetRequiredValue(_network);
        return options with
        {
            LossNetwork = EncoderInput.Load(network, cancellationToken),
            Pooling = LossOptions.PoolingOf(parsed.GetValue(_pool), network),
            VariationWeight = parsed.GetValue(_variation),
            Seed = (int)request.Options.Seed,
            Start = parsed.GetValue(_start) is { Length: > 0 } start
                ? FileErrors.Naming(start, () => StyleNetworkModel.Load(start)) : null,
            Half = parsed.GetValue(_half),
            Origin = parsed.GetValue(_origin),
            License = parsed.GetValue(_license),
        };
    }

    /// <summary>Files that the result must not replace.</summary>
    internal IReadOnlyList<string?> Inputs(ParseResult parsed) => [parsed.GetValue(_network), parsed.GetValue(_start)];
}
