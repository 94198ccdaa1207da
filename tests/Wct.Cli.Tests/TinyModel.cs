using Wct.Net.Models;

[assembly: AssemblyFixture(typeof(Wct.Cli.Tests.TinyModel))]

namespace Wct.Cli.Tests;

/// <summary>A model of all five levels with very few channels and arbitrary weights: enough for everything but good looks.</summary>
public sealed class TinyModel : IDisposable
{
    private const int Seed = 20171;

    // Channels behind each block of VGG-19.
    private static readonly int[] Widths = [4, 5, 6, 7, 8];

    private readonly TemporaryFolder _folder = new();

    public TinyModel()
    {
        Random random = new(Seed);
        EncoderWeights encoder = new(5, Chain(random, Vgg19.EncoderConvolutions(5), first: 3, name => name == Vgg19.InputConvolution ? 3 : Width(name)));
        Model = new WctModel(
            Enumerable.Range(1, 5).Select(level => new LevelModel(level, encoder, new DecoderWeights(level, Decoder(random, level), lastRelu: false))),
            "a generator of random numbers", "none needed");
        Path = _folder.File("tiny.safetensors");
        Model.Save(Path);
        TwoLevels = _folder.File("two.safetensors");
        new WctModel(Model.Levels.Where(level => level.Level <= 2)).Save(TwoLevels);
    }

    /// <summary>The model.</summary>
    public WctModel Model { get; }

    /// <summary>Its file.</summary>
    public string Path { get; }

    /// <summary>A file with its levels 2 and 1.</summary>
    public string TwoLevels { get; }

    public void Dispose() => _folder.Dispose();

    private static ConvolutionWeights[] Decoder(Random random, int level)
    {
        string[] names = Vgg19.DecoderConvolutions(level);
        // A decoder layer gives the channels that the encoder layer of its name takes.
        return Chain(random, names, Widths[level - 1], name => name == names[^1] ? 3 : Width(names[Array.IndexOf(names, name) + 1]));
    }

    private static int Width(string name) => Widths[name["conv".Length] - '1'];

    private static ConvolutionWeights[] Chain(Random random, string[] names, int first, Func<string, int> channels)
    {
        int taken = first;
        return [.. names.Select(name =>
        {
            int given = channels(name), kernel = name == Vgg19.InputConvolution ? 1 : 3;
            // He et al. 2015: so the signal neither fades nor grows from layer to layer. A picture gets its middle grey, and less of it.
            bool picture = name == names[^1] && given == 3;
            float limit = MathF.Sqrt(6f / (taken * kernel * kernel)) * (picture ? 0.1f : 1);
            float[] weights = [.. Enumerable.Range(0, given * taken * kernel * kernel).Select(_ => (random.NextSingle() * 2 - 1) * limit)];
            float[] bias = [.. Enumerable.Range(0, given).Select(_ => picture ? 0.5f : random.NextSingle() * 0.1f)];
            ConvolutionWeights convolution = new(name, given, taken, kernel, weights, bias);
            taken = given;
            return convolution;
        })];
    }
}
