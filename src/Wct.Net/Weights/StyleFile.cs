using System.Globalization;
using Wct.Net.Models;
using Wct.Net.Transforms;

namespace Wct.Net.Weights;

/// <summary>A prepared style as safetensors: per level a mean and the square root of a covariance, in double, as they are used.</summary>
/// <remarks>
/// <para>Tensors: <c>level5.mean</c> [C], <c>level5.colouring</c> [C, C], and so on.</para>
/// <para>Metadata: <c>format</c> "wct-style", <c>format_version</c> "1", <c>levels</c> "5,4,3", in the same order <c>ranks</c> "128,96,64", and
/// <c>encoders</c>, the <see cref="WctModel.Fingerprint"/> of the model that measured it.</para>
/// <para>Tensors and metadata beyond these are ignored.</para>
/// </remarks>
internal static class StyleFile
{
    private const string Format = "wct-style", Version = "1";

    /// <exception cref="WeightsFormatException">No style, another version, or something is missing or doesn't fit.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured it.</exception>
    internal static Style Load(TensorArchive archive, WctModel model)
    {
        if (archive.Metadata.GetValueOrDefault("format") is var format && format != Format)
            throw archive.Fail($"no style file: its format is '{format}', a style's is '{Format}'");
        if (Text(archive, "format_version") != Version)
            throw archive.Fail($"a style file of version '{Text(archive, "format_version")}', version '{Version}' is known");
        if (Text(archive, "encoders") is var encoders && encoders != model.Fingerprint)
            throw new ModelMismatchException(archive.Name, encoders, model.Fingerprint);
        int[] levels = Integers(archive, "levels"), ranks = Integers(archive, "ranks");
        if (ranks.Length != levels.Length)
            throw archive.Fail($"metadata 'ranks' has {ranks.Length} entries for {levels.Length} levels");
        Dictionary<int, StyleStatistics> statistics = [];
        for (int i = 0; i < levels.Length; i++)
        {
            LevelModel level = model.Levels.FirstOrDefault(known => known.Level == levels[i])
                ?? throw archive.Fail($"metadata 'levels' names level {levels[i]}, the model has {string.Join(", ", model.Levels.Select(known => known.Level))}");
            if (!statistics.TryAdd(levels[i], Read(archive, levels[i], level.Decoder.InChannels, ranks[i])))
                throw archive.Fail($"metadata 'levels' names level {levels[i]} twice");
        }

        return new Style(model, statistics);
    }

    internal static IReadOnlyList<TensorBlock> Tensors(Style style) => [.. style.Levels.SelectMany(level => (TensorBlock[])
    [
        TensorBlock.Of($"level{level}.mean", [Channels(style, level)], style.Statistics[level].Mean),
        TensorBlock.Of($"level{level}.colouring", [Channels(style, level), Channels(style, level)], style.Statistics[level].Coloring.Matrix),
    ])];

    internal static IReadOnlyList<KeyValuePair<string, string>> Metadata(Style style) =>
    [
        new("format", Format), new("format_version", Version), new("levels", string.Join(',', style.Levels)),
        new("ranks", string.Join(',', style.Levels.Select(level => style.Statistics[level].Coloring.Rank))),
        new("encoders", style.Model.Fingerprint),
    ];

    private static int Channels(Style style, int level) => style.Statistics[level].Mean.Length;

    private static StyleStatistics Read(TensorArchive archive, int level, int channels, int rank)
    {
        if (rank > channels)
            throw archive.Fail($"metadata 'ranks' says {rank} for level {level}, which has {channels} channels");
        double[] mean = Doubles(archive, $"level{level}.mean", [channels]);
        return StyleStatistics.Of(level, mean, new SymmetricPower(Doubles(archive, $"level{level}.colouring", [channels, channels]), rank));
    }

    private static double[] Doubles(TensorArchive archive, string name, long[] shape)
    {
        StoredTensor tensor = archive.Find(name) ?? throw archive.Fail($"tensor '{name}' is missing");
        if (!tensor.Shape.SequenceEqual(shape))
            throw archive.Fail($"tensor '{name}' has shape {tensor.ShapeText}, the model's is {StoredTensor.Text(shape)}");
        double[] values = tensor.ReadDoubles();
        int at = Array.FindIndex(values, value => !double.IsFinite(value));
        return at < 0 ? values : throw archive.Fail(FormattableString.Invariant($"element {at} of tensor '{name}' is {values[at]}, not a finite number"));
    }

    private static string Text(TensorArchive archive, string key) =>
        archive.Metadata.TryGetValue(key, out string? text) ? text : throw archive.Fail($"no style file: the metadata has no '{key}'");

    private static int[] Integers(TensorArchive archive, string key) => Array.ConvertAll(Text(archive, key).Split(','), text =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value : throw archive.Fail($"metadata '{key}' says '{text}' where a whole number is needed"));
}
