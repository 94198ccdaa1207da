using Wct.Net.Weights;

namespace Wct.Net.Models;

/// <summary>The networks of a whole cascade.</summary>
public sealed class WctModel
{
    private readonly LevelModel[] _levels;
    private readonly Once<string> _fingerprint;

    /// <summary>Creates a model from levels.</summary>
    /// <param name="levels">At least one, each level once, in any order.</param>
    /// <param name="origin">Where the weights come from, for display; null if unknown.</param>
    /// <param name="license">The license of the weights, for display; null if unknown.</param>
    /// <exception cref="ArgumentNullException"><paramref name="levels"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no level, a level occurs twice, or one is null.</exception>
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

    /// <summary>Where the weights come from, for display; null if unknown.</summary>
    public string? Origin { get; }

    /// <summary>The license of the weights, for display; null if unknown.</summary>
    public string? License { get; }

    /// <summary>16 hexadecimal digits that identify the model's encoders. A style can be used with all models that have the same
    /// fingerprint. Computed when first read.</summary>
    public string Fingerprint => _fingerprint.Value;

    /// <summary>Number of weights, including biases. An encoder that several levels share counts once.</summary>
    public long Parameters => Encoders.Sum(encoder => encoder.Parameters) + _levels.Sum(level => level.Decoder.Parameters);

    /// <summary>Reads the built-in model: five levels that share a small encoder.</summary>
    /// <exception cref="FileNotFoundException">This build of the library has no built-in model.</exception>
    public static WctModel LoadDefault() => DefaultModel.Load();

    /// <summary>Reads a model file, or a folder with published networks.</summary>
    /// <param name="path">A <c>.safetensors</c> file as <see cref="Save"/> writes it, or a folder as <see cref="PublishedFolder"/>
    /// describes it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    /// <exception cref="WeightsFormatException">The path does not hold a model that can be read.</exception>
    /// <exception cref="IOException">The path can't be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The path may not be read.</exception>
    public static WctModel Load(string path) => ModelLoader.Load(path);

    /// <summary>Reads a model file from a stream, from its current position to its end.</summary>
    /// <param name="stream">The content of a file that <see cref="Save"/> wrote, at most 2 GB.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="IOException">The stream can't be read, or it isn't seekable and has more than 2 GB.</exception>
    /// <exception cref="WeightsFormatException">The stream does not hold a model that can be read.</exception>
    /// <remarks>Other exceptions of the stream pass through unchanged.</remarks>
    public static WctModel Load(Stream stream) => ModelLoader.Load(stream);

    /// <summary>Writes a model file, atomically. The same model gives the same bytes.</summary>
    /// <param name="path">The file to write, by convention <c>.safetensors</c>; its folder must exist.</param>
    /// <param name="type">How to store the weights, F32 or F16; biases and conv0 are always F32.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException">The path is empty, the type is neither F32 nor F16, or a weight is beyond the range of
    /// F16.</exception>
    /// <exception cref="IOException">The file can't be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to, or the file may not be replaced.</exception>
    public void Save(string path, ElementType type = ElementType.F32) => ModelFile.Save(this, path, type);
}
