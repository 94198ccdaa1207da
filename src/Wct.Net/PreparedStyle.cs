using Wct.Net.Models;
using Wct.Net.Transforms;
using Wct.Net.Weights;

namespace Wct.Net;

/// <summary>A style that was measured once and can be used for any number of contents. Immutable; safe for use by several
/// threads.</summary>
public sealed class PreparedStyle
{
    internal PreparedStyle(WctModel model, IReadOnlyDictionary<int, StyleMoments> moments)
        : this(model, [new StylePart(1, moments)])
    {
    }

    private PreparedStyle(WctModel model, IReadOnlyList<StylePart> parts)
    {
        (Model, Parts) = (model, parts);
        Levels = [.. parts.Select(part => part.Levels.Keys).Aggregate((first, second) => first.Intersect(second)).OrderDescending()];
    }

    /// <summary>The levels at which it was measured, deepest first. A mixture has the levels that all of its styles have.</summary>
    public IReadOnlyList<int> Levels { get; }

    internal WctModel Model { get; }

    /// <summary>Whether its pixels got the colors of a content before it was measured.</summary>
    internal bool IsRecolored { get; init; }

    /// <summary>Whether it has no statistics; see <see cref="None"/>.</summary>
    internal bool IsNone { get; init; }

    /// <summary>The styles of which this is a mixture; their weights add up to 1.</summary>
    internal IReadOnlyList<StylePart> Parts { get; }

    /// <summary>Bytes of the features that are kept.</summary>
    internal long FeatureBytes =>
        Parts.Sum(part => part.Levels.Values.Sum(level => (long)sizeof(float) * (level.Features?.Values.Length ?? 0)));

    /// <summary>Bytes that the statistics and features may take: the covariance, its root and the root's inverse count, also before they
    /// are computed.</summary>
    internal long MostBytes => FeatureBytes + Parts.Sum(part => part.Levels.Values.Sum(level =>
        sizeof(double) * (level.Channels + 3L * level.Channels * level.Channels) + sizeof(float) * (long)(level.Features?.Shares.Length
            ?? 0)));

    /// <summary>Mixes styles.</summary>
    /// <param name="styles">At least one style, each with a weight of at least 0. The weights are scaled to the sum 1; styles of weight 0
    /// are left out.</param>
    /// <param name="mixing">How the styles become one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="styles"/> or a style is null.</exception>
    /// <exception cref="ArgumentException">There are no styles, a weight is negative or not finite, all weights are 0, or no level is
    /// common to all styles.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The way of mixing is not defined.</exception>
    /// <exception cref="ModelMismatchException">Different encoders measured the styles.</exception>
    /// <remarks>Style swap needs the patches of one picture, so it can use mixtures of features only.</remarks>
    public static PreparedStyle Mix(
        IReadOnlyList<(PreparedStyle Style, double Weight)> styles, StyleMixing mixing = StyleMixing.Features)
    {
        ArgumentNullException.ThrowIfNull(styles);
        if (!Enum.IsDefined(mixing))
            throw new ArgumentOutOfRangeException(nameof(mixing), mixing, "The way of mixing is not defined.");
        foreach ((PreparedStyle style, double weight) in styles)
        {
            ArgumentNullException.ThrowIfNull(style, nameof(styles));
            if (!(weight >= 0 && double.IsFinite(weight)))
                throw new ArgumentException(
                    FormattableString.Invariant($"A style's weight is {weight}; it must be at least 0."), nameof(styles));
        }

        if (styles.Count == 0)
            throw new ArgumentException("There are no styles to mix.", nameof(styles));
        double total = styles.Sum(style => style.Weight);
        if (!(total > 0 && double.IsFinite(total)))
            throw new ArgumentException(
                FormattableString.Invariant($"The styles' weights add up to {total}; the sum must be above 0."), nameof(styles));
        WctModel model = styles[0].Style.Model;
        if (styles.FirstOrDefault(other => other.Style.Model.Fingerprint != model.Fingerprint).Style is { } stranger)
            throw new ModelMismatchException("A style", stranger.Model.Fingerprint, model.Fingerprint);
        StylePart[] parts = [.. styles.Where(style => style.Weight > 0).SelectMany(style =>
            style.Style.Parts.Select(part => part with { Weight = part.Weight * style.Weight / total }))];
        PreparedStyle[] used = [.. styles.Where(style => style.Weight > 0).Select(style => style.Style)];
        PreparedStyle mixed = new(model, parts)
        {
            IsRecolored = used.All(style => style.IsRecolored),
            IsNone = used.Any(style => style.IsNone),
        };
        if (mixed.Levels.Count == 0)
            throw new ArgumentException("The styles have no level in common.", nameof(styles));
        return mixing == StyleMixing.Features || parts.Length == 1
            ? mixed
            : new PreparedStyle(model, mixed.Levels.ToDictionary(
                level => level, level => StyleBarycenter.Of(level, [.. parts.Select(part => (part.Weight, part.Levels[level]))])))
            {
                IsRecolored = mixed.IsRecolored,
                IsNone = mixed.IsNone,
            };
    }

    /// <summary>The statistics of the only style.</summary>
    /// <exception cref="InvalidOperationException">It is a mixture of features.</exception>
    internal IReadOnlyDictionary<int, StyleMoments> Moments => Parts.Count == 1
        ? Parts[0].Levels
        : throw new InvalidOperationException(
            $"A mixture of the features of {Parts.Count} styles can't be written as one style; mix their covariances, or write each.");

    /// <summary>A style without any statistics, for transforms that use none, such as <see cref="FeatureTransform.Whitening"/>.</summary>
    /// <param name="model">The networks to use the style with.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    public static PreparedStyle None(WctModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new PreparedStyle(model, model.Levels.ToDictionary(level => level.Level, level =>
        {
            int channels = level.Decoder.InChannels;
            return StyleMoments.Of(level.Level, new double[channels], new double[channels * channels], root: null);
        }))
        {
            IsNone = true,
        };
    }

    /// <summary>Reads a style file.</summary>
    /// <param name="path">A file that <see cref="Save(string)"/> wrote.</param>
    /// <param name="model">The networks to use the style with. Their encoders must be those that measured it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> or <paramref name="model"/> is null.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file can't be read; the message names it.</exception>
    /// <exception cref="WeightsFormatException">The data is damaged or is not a style.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style; the message names both.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static PreparedStyle Load(string path, WctModel model)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(model);
        using TensorArchive archive = Safetensors.Open(path);
        return StyleFile.Load(archive, model);
    }

    /// <summary>Reads a style from a stream, from its current position to its end.</summary>
    /// <param name="stream">A stream with data that <see cref="Save(Stream)"/> wrote, at most 2 GB.</param>
    /// <param name="model">The networks to use the style with. Their encoders must be those that measured it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> or <paramref name="model"/> is null.</exception>
    /// <exception cref="IOException">The stream can't be read, or it isn't seekable and has more than 2 GB.</exception>
    /// <exception cref="WeightsFormatException">The data is damaged or is not a style.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style; the message names both.</exception>
    /// <remarks>Other exceptions of the stream pass through unchanged.</remarks>
    public static PreparedStyle Load(Stream stream, WctModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using ByteSource source = ByteSource.Of(stream);
        using TensorArchive archive = Safetensors.Read(source);
        return StyleFile.Load(archive, model);
    }

    /// <summary>Writes a style file, atomically. A style that is read back gives the same pictures to the last bit.</summary>
    /// <param name="path">The file to write, by convention <c>.safetensors</c>; its folder must exist.</param>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="InvalidOperationException">The style is a mixture of features (<see cref="StyleMixing.Features"/>).</exception>
    /// <exception cref="IOException">The file can't be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to, or the file may not be replaced.</exception>
    public void Save(string path) => Safetensors.WriteBlocks(path, StyleFile.Tensors(this), StyleFile.Metadata(this));

    /// <summary>Writes a style to a stream. Equal styles give equal bytes.</summary>
    /// <param name="stream">Written from its current position, and left open.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The style is a mixture of features (<see cref="StyleMixing.Features"/>).</exception>
    /// <exception cref="IOException">The stream can't be written.</exception>
    /// <remarks>Other exceptions of the stream pass through unchanged.</remarks>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Safetensors.WriteBlocks(stream, StyleFile.Tensors(this), StyleFile.Metadata(this));
    }
}
