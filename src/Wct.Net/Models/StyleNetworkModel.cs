using Wct.Kernels;
using Wct.Kernels.Reference;
using Wct.Net.Pipeline;
using Wct.Net.Weights;

namespace Wct.Net.Models;

/// <summary>A feed-forward network: its layers, its weights, and what its numbers mean. <see cref="StyleNetwork"/> runs it.</summary>
public sealed class StyleNetworkModel
{
    private const int ImageChannels = 3, LargestGrain = 1024, LargestScale = 16;

    private readonly string[] _styles;

    /// <summary>Checks a network.</summary>
    /// <param name="kind">What it makes.</param>
    /// <param name="table">The layers. The input has 3 channels; the last layer gives the picture.</param>
    /// <param name="weights">The weights of all layers.</param>
    /// <param name="conventions">How its numbers stand for colors; null if they are samples in 0..1.</param>
    /// <param name="styles">The names of its styles, in the order of the normalizations' rows; null or empty for one style without a
    /// name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="table"/> or <paramref name="weights"/> is null.</exception>
    /// <exception cref="ArgumentException">Weights are missing, channel counts or numbers of styles don't match, the output doesn't have 3
    /// channels, its sides aren't the input's (a whole multiple of them for <see cref="StyleNetworkKind.Upscale"/>), a style's name is
    /// empty or occurs twice, or a convention is not finite.</exception>
    public StyleNetworkModel(
        StyleNetworkKind kind, NetworkTable table, NetworkWeights weights, NetworkConventions? conventions = null,
        IEnumerable<string>? styles = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(weights);
        (Kind, Table, Weights, Conventions) = (kind, table, weights, conventions ?? new NetworkConventions());
        _styles = [.. styles ?? []];
        if (!Enum.IsDefined(kind))
            throw new ArgumentException($"{(int)kind} is not a kind of network.", nameof(kind));
        if (!Conventions.Input.IsValid || !Conventions.Output.IsValid)
            throw new ArgumentException("A factor or offset of the conventions is not finite, or a factor is 0.", nameof(conventions));
        StyleCount = CountStyles(weights);
        CheckNames();
        using ReferenceBackend backend = new();
        using Network network = new(backend, table, weights, ImageChannels, [Last]);
        (SideGrain, Scale) = Geometry(network);
        if (kind == StyleNetworkKind.Upscale ? Scale < 2 : Scale != 1)
            throw new ArgumentException($"The network's output is {Scale} times as large as its input; its kind is {kind}.", nameof(table));
    }

    /// <summary>What it makes.</summary>
    public StyleNetworkKind Kind { get; }

    /// <summary>The layers.</summary>
    public NetworkTable Table { get; }

    /// <summary>The weights of all layers.</summary>
    public NetworkWeights Weights { get; }

    /// <summary>How its numbers stand for colors.</summary>
    public NetworkConventions Conventions { get; }

    /// <summary>The names of its styles; empty if it has one without a name.</summary>
    public IReadOnlyList<string> Styles => _styles;

    /// <summary>Number of styles, at least 1.</summary>
    public int StyleCount { get; }

    /// <summary>Pixels of the result per pixel of the photo, in each direction: 1, or more for
    /// <see cref="StyleNetworkKind.Upscale"/>.</summary>
    public int Scale { get; }

    /// <summary>Where the weights come from, for display; null if unknown.</summary>
    public string? Origin { get; init; }

    /// <summary>The license of the weights, for display; null if unknown.</summary>
    public string? License { get; init; }

    /// <summary>Number of weights, including biases.</summary>
    public long Parameters => Weights.Parameters;

    /// <summary>Sides that are multiples of this need no extension inside of the network.</summary>
    internal int SideGrain { get; }

    /// <summary>The last layer, which gives the picture.</summary>
    internal string Last => Table.Layers[^1].Name;

    /// <summary>Reads a network file.</summary>
    /// <param name="path">A file as <see cref="Save"/> writes it, a published network of Johnson et al. with the metadata that
    /// docs/networks.md describes, or a checkpoint of PyTorch's example fast_neural_style (.pth).</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="WeightsFormatException">The file does not hold such a network.</exception>
    /// <exception cref="IOException">The file can't be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static StyleNetworkModel Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using ByteSource source = ByteSource.Open(path);
        return StyleNetworkFile.Load(source);
    }

    /// <summary>Reads a network file from a stream, from its current position to its end.</summary>
    /// <param name="stream">The content of such a file, at most 2 GB.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="IOException">The stream can't be read, or it isn't seekable and has more than 2 GB.</exception>
    /// <exception cref="WeightsFormatException">The stream does not hold such a network.</exception>
    /// <remarks>Other exceptions of the stream pass through unchanged.</remarks>
    public static StyleNetworkModel Load(Stream stream)
    {
        using ByteSource source = ByteSource.Of(stream);
        return StyleNetworkFile.Load(source);
    }

    /// <summary>Writes a network file, atomically. The same network gives the same bytes.</summary>
    /// <param name="path">The file to write, by convention <c>.safetensors</c>; its folder must exist.</param>
    /// <param name="type">How to store the convolutions' weights, F32 or F16; biases and normalizations are always F32.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException">The path is empty, the type is neither F32 nor F16, a weight is beyond the range of F16, or a
    /// layer's name has spaces, colons or equals signs.</exception>
    /// <exception cref="IOException">The file can't be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to, or the file may not be replaced.</exception>
    public void Save(string path, ElementType type = ElementType.F32) => StyleNetworkFile.Save(this, path, type);

    /// <summary>Whether a file looks like a feed-forward network, and not like a model for universal style transfer.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file can't be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static bool IsNetwork(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using ByteSource source = ByteSource.Open(path);
        return StyleNetworkFile.Recognize(source);
    }

    /// <summary>Checks style weights, and divides them by their sum.</summary>
    /// <param name="given">A weight per style; null for the first style.</param>
    /// <exception cref="ArgumentException">Their number isn't that of the styles, one is negative, or their sum is 0 or not
    /// finite.</exception>
    internal double[] Normalized(IReadOnlyList<double>? given)
    {
        if (given is null)
            return [1, .. new double[StyleCount - 1]];
        if (given.Count != StyleCount)
        {
            throw new ArgumentException(
                $"There are {given.Count} style weights, the network has {StyleCount} style{(StyleCount == 1 ? "" : "s")}.");
        }

        double sum = given.Sum();
        if (given.Any(weight => !(weight >= 0)) || !(sum > 0 && double.IsFinite(sum)))
        {
            throw new ArgumentException(
                $"The style weights are {string.Join(", ", given.Select(weight => FormattableString.Invariant($"{weight}")))}; each must "
                    + "be at least 0, and their sum above 0.");
        }

        return [.. given.Select(weight => weight / sum)];
    }

    // The number of rows of all normalizations that have more than one.
    private static int CountStyles(NetworkWeights weights)
    {
        int[] counts = [.. weights.Normalizations.Select(own => own.Styles).Where(count => count > 1).Distinct().Order()];
        return counts.Length < 2 ? counts.FirstOrDefault(1) : throw new ArgumentException(
            $"The normalizations have {string.Join(" and ", counts)} styles; all must have as many, or one.", nameof(weights));
    }

    private void CheckNames()
    {
        if (_styles.Length > 0 && _styles.Length != StyleCount)
            throw new ArgumentException($"There are {_styles.Length} names for {StyleCount} styles.");
        string? wrong = _styles.FirstOrDefault(name => string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl));
        if (wrong is not null)
            throw new ArgumentException($"A style is called '{wrong}'; names are not empty and have no control characters.");
        if (_styles.GroupBy(name => name).FirstOrDefault(names => names.Count() > 1) is { } twice)
            throw new ArgumentException($"Two styles are called '{twice.Key}'.");
    }

    // The smallest power of two such that the sides of all maps fit together if those of the input are multiples of it.
    private (int Grain, int Scale) Geometry(Network network)
    {
        ArgumentException? problem = null;
        for (int grain = 1; grain <= LargestGrain; grain *= 2)
        {
            TensorShape input = new(ImageChannels, 3 * grain, 5 * grain);
            try
            {
                TensorShape output = network.OutputShape(input, Last);
                if (output.Channels != ImageChannels)
                    throw new ArgumentException($"The network's output has {output.Channels} channels, a picture has {ImageChannels}.");
                for (int scale = 1; scale <= LargestScale; scale++)
                {
                    if (output.Height == scale * input.Height && output.Width == scale * input.Width)
                        return (grain, scale);
                }

                problem = new ArgumentException($"The network makes {output} of {input}; a result's sides are 1 to {LargestScale} times "
                    + "those of the input.");
            }
            catch (ArgumentException error)
            {
                problem = error;
            }
        }

        throw problem!;
    }
}
