using Wct.Net.Weights;

namespace Wct.Net.Models;

/// <summary>The networks of a whole cascade.</summary>
public sealed class WctModel
{
    private readonly LevelModel[] _levels;
    private readonly Once<string> _fingerprint;

    /// <summary>Gathers levels into a model.</summary>
    /// <param name="levels">At least one, each level once, in any order.</param>
    /// <param name="origin">Where the weights come from, for people; null where nobody said.</param>
    /// <param name="license">The license of the weights, for people; null where nobody said.</param>
    /// <exception cref="ArgumentException">No level, one twice, or a null.</exception>
    public WctModel(IEnumerable<LevelModel> levels, string? origin = null, string? license = null)
    {
        ArgumentNullException.ThrowIfNull(levels);
        LevelModel[] given = [.. levels];
        if (given.Contains(null))
            throw new ArgumentException("a level is null.");
        _levels = [.. given.OrderByDescending(level => level.Level)];
        if (_levels.Length == 0)
            throw new ArgumentException("a model has at least one level.");
        for (int i = 1; i < _levels.Length; i++)
        {
            if (_levels[i].Level == _levels[i - 1].Level)
                throw new ArgumentException($"level {_levels[i].Level} is there twice.");
        }

        (Origin, License) = (origin, license);
        _fingerprint = new Once<string>(() => EncoderFingerprint.Of(this));
    }

    /// <summary>The levels, deepest first.</summary>
    public IReadOnlyList<LevelModel> Levels => _levels;

    /// <summary>The encoders, each once, the deepest level's first.</summary>
    public IEnumerable<EncoderWeights> Encoders => _levels.Select(level => level.Encoder).Distinct();

    /// <summary>Where the weights come from, for people; null where nobody said.</summary>
    public string? Origin { get; }

    /// <summary>The license of the weights, for people; null where nobody said.</summary>
    public string? License { get; }

    /// <summary>16 hexadecimal digits that tell its encoders from other models': a style fits models that share it. Computed when first
    /// asked for.</summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>Number of weights, biases included; an encoder that several levels share counts once.</summary>
    public long Parameters => Encoders.Sum(encoder => encoder.Parameters) + _levels.Sum(level => level.Decoder.Parameters);

    /// <summary>Reads the model that the library carries: five levels, a small encoder that all of them share.</summary>
    public static WctModel LoadDefault() => DefaultModel.Load();

    /// <summary>Reads a model file, or a folder with published networks.</summary>
    /// <param name="path">A <c>.safetensors</c> file as <see cref="Save"/> writes it, or a folder as <see cref="PublishedFolder"/>
    /// describes it.</param>
    /// <exception cref="FileNotFoundException">Nothing is there.</exception>
    /// <exception cref="WeightsFormatException">It is there, but holds no model that can be read.</exception>
    public static WctModel Load(string path) => ModelLoader.Load(path);

    /// <summary>Reads a model file from a stream, from where it stands to its end.</summary>
    /// <param name="stream">What <see cref="Save"/> wrote to a file, at most 2 GB.</param>
    /// <exception cref="WeightsFormatException">It holds no model that can be read.</exception>
    public static WctModel Load(Stream stream) => ModelLoader.Load(stream);

    /// <summary>Writes a model file. The same model gives the same bytes; until all is written, what was at the path stays.</summary>
    /// <param name="path">Where to, by convention <c>.safetensors</c>; its folder must be there.</param>
    /// <param name="type">How to store the weights, F32 or F16; biases and conv0 are always F32.</param>
    /// <exception cref="ArgumentException">Another type, or a weight beyond F16's range.</exception>
    public void Save(string path, ElementType type = ElementType.F32) => ModelFile.Save(this, path, type);
}
