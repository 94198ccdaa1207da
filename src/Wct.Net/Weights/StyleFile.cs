using System.Globalization;
using System.Numerics;
using Wct.Net.Models;
using Wct.Net.Transforms;

namespace Wct.Net.Weights;

/// <summary>Reads and writes prepared styles as safetensors files, in double precision: the mean and the covariance of each level, and the
/// covariance's root if it was computed.</summary>
/// <remarks>
/// <para>Tensors: <c>level5.mean</c> [C], <c>level5.covariance</c> [C, C], <c>level5.root</c> [C, C], and so on. Levels that were prepared
/// for style swap also have <c>level5.features</c> [C, h, w] in single precision, and, unless each pixel has a share of 1,
/// <c>level5.shares</c> [h, w].</para>
/// <para>Metadata: <c>format</c> "wct-style", <c>format_version</c> "2", <c>levels</c> "5,4,3", in the same order <c>ranks</c> "128,,64"
/// (empty if there is no root), and <c>encoders</c>, the <see cref="WctModel.Fingerprint"/> of the model that measured the style. If they
/// apply: <c>empty_levels</c> "5,4" (the style's mask leaves too little to measure there), and <c>recolored</c> "true" (its pixels got the
/// colors of a content).</para>
/// <para>Version 1 has no covariance, and its root has another name, but is the only tensor of a level besides the mean. Other tensors and
/// metadata are ignored.</para>
/// </remarks>
internal static class StyleFile
{
    private const string Format = "wct-style", RootOnly = "1", Version = "2";

    /// <exception cref="WeightsFormatException">The file is not a style or has another version, or something is missing or doesn't
    /// match.</exception>
    /// <exception cref="ModelMismatchException">Other encoders measured the style.</exception>
    internal static PreparedStyle Load(TensorArchive archive, WctModel model)
    {
        if (archive.Metadata.GetValueOrDefault("format") is var format && format != Format)
            throw archive.Fail($"no style file: its format is '{format}', a style's is '{Format}'");
        string version = Text(archive, "format_version");
        if (version is not (RootOnly or Version))
            throw archive.Fail($"a style file of version '{version}', versions '{RootOnly}' and '{Version}' are known");
        if (Text(archive, "encoders") is var encoders && encoders != model.Fingerprint)
            throw new ModelMismatchException(archive.Name, encoders, model.Fingerprint);
        int?[] levels = Integers(archive, "levels"), ranks = Integers(archive, "ranks");
        if (ranks.Length != levels.Length)
            throw archive.Fail($"metadata 'ranks' has {ranks.Length} entries for {levels.Length} levels");
        HashSet<int?> empty = archive.Metadata.ContainsKey("empty_levels") ? [.. Integers(archive, "empty_levels")] : [];
        Dictionary<int, StyleMoments> moments = [];
        for (int i = 0; i < levels.Length; i++)
        {
            LevelModel level = model.Levels.FirstOrDefault(known => known.Level == levels[i])
                ?? throw archive.Fail(
                    $"metadata 'levels' names level {levels[i]}, the model has "
                        + $"{string.Join(", ", model.Levels.Select(known => known.Level))}");
            if (!moments.TryAdd(level.Level, Read(
                archive, level.Level, level.Decoder.InChannels, ranks[i], version, empty.Contains(level.Level))))
                throw archive.Fail($"metadata 'levels' names level {levels[i]} twice");
        }

        return new PreparedStyle(model, moments) { IsRecolored = archive.Metadata.GetValueOrDefault("recolored") == "true" };
    }

    /// <summary>The tensors that <see cref="Load"/> reads.</summary>
    internal static IReadOnlyList<TensorBlock> Tensors(PreparedStyle style) =>
        [.. style.Levels.SelectMany(level => Tensors(style.Moments[level]))];

    /// <summary>The metadata that <see cref="Load"/> reads.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Metadata(PreparedStyle style)
    {
        int[] empty = [.. style.Levels.Where(level => style.Moments[level].IsEmpty)];
        List<KeyValuePair<string, string>> metadata = Always(style);
        if (empty.Length > 0)
            metadata.Add(new("empty_levels", string.Join(',', empty)));
        if (style.IsRecolored)
            metadata.Add(new("recolored", "true"));
        return metadata;
    }

    private static List<KeyValuePair<string, string>> Always(PreparedStyle style) =>
    [
        new("format", Format), new("format_version", Version), new("levels", string.Join(',', style.Levels)),
        new("ranks", string.Join(
            ',', style.Levels.Select(level => style.Moments[level]).Select(level => level.HasRoot ? $"{level.Root.Rank}" : ""))),
        new("encoders", style.Model.Fingerprint),
    ];

    private static IEnumerable<TensorBlock> Tensors(StyleMoments moments)
    {
        int channels = moments.Channels;
        yield return TensorBlock.Of($"level{moments.Level}.mean", [channels], moments.Mean.ToArray());
        yield return TensorBlock.Of($"level{moments.Level}.covariance", [channels, channels], moments.Covariance.ToArray());
        if (moments.HasRoot)
            yield return TensorBlock.Of($"level{moments.Level}.root", [channels, channels], moments.Root.Matrix.ToArray());
        if (moments.Features is not { } features)
            yield break;
        long[] size = [features.Height, features.Width];
        yield return TensorBlock.Of($"level{moments.Level}.features", [channels, .. size], features.Values.ToArray());
        if (!features.Shares.IsEmpty)
            yield return TensorBlock.Of($"level{moments.Level}.shares", size, features.Shares.ToArray());
    }

    private static StyleMoments Read(TensorArchive archive, int level, int channels, int? rank, string version, bool isEmpty)
    {
        if (rank > channels)
            throw archive.Fail($"metadata 'ranks' says {rank} for level {level}, which has {channels} channels");
        double[] mean = Doubles(archive, $"level{level}.mean", [channels]);
        if (version == RootOnly)
        {
            string name = RootName(archive, level);
            int known = rank ?? throw archive.Fail($"metadata 'ranks' says nothing of level {level}");
            return StyleMoments.OfRoot(level, mean, Root(archive, name, channels, known));
        }

        double[] covariance = Doubles(archive, $"level{level}.covariance", [channels, channels]);
        SymmetricPower? root = rank is { } kept ? Root(archive, $"level{level}.root", channels, kept) : null;
        return StyleMoments.Of(level, mean, covariance, root, eigensolver: null, Features(archive, level, channels), isEmpty);
    }

    private static StyleFeatures? Features(TensorArchive archive, int level, int channels)
    {
        string name = $"level{level}.features", shareName = $"level{level}.shares";
        if (archive.Find(name) is not { } tensor)
            return null;
        if (tensor.Shape is not [var own, > 0 and <= int.MaxValue, > 0 and <= int.MaxValue] || own != channels)
            throw archive.Fail($"tensor '{name}' has shape {tensor.ShapeText}, it must have three sides and {channels} channels");
        (int height, int width) = ((int)tensor.Shape[1], (int)tensor.Shape[2]);
        float[] values = Singles(archive, name, [channels, height, width]);
        float[] shares = archive.Find(shareName) is null ? [] : Singles(archive, shareName, [height, width]);
        int at = Array.FindIndex(shares, share => !(share >= 0 && share <= 1));
        return at < 0 ? new StyleFeatures(channels, height, width, values, shares)
            : throw archive.Fail(FormattableString.Invariant($"element {at} of tensor '{shareName}' is {shares[at]}; it must lie in 0..1"));
    }

    private static SymmetricPower Root(TensorArchive archive, string name, int channels, int rank) =>
        new(NumberBuffer.Of(Doubles(archive, name, [channels, channels])), channels, rank);

    private static string RootName(TensorArchive archive, int level)
    {
        string prefix = $"level{level}.", mean = $"level{level}.mean";
        return archive.Tensors.FirstOrDefault(
            tensor => tensor.Name != mean && tensor.Name.StartsWith(prefix, StringComparison.Ordinal))?.Name
            ?? throw archive.Fail($"level {level} has no root");
    }

    private static double[] Doubles(TensorArchive archive, string name, long[] shape) =>
        Numbers(archive, name, shape, tensor => tensor.ReadDoubles());

    private static float[] Singles(TensorArchive archive, string name, long[] shape) =>
        Numbers(archive, name, shape, tensor => tensor.Read());

    private static T[] Numbers<T>(TensorArchive archive, string name, long[] shape, Func<StoredTensor, T[]> read)
        where T : IBinaryFloatingPointIeee754<T>
    {
        StoredTensor tensor = archive.Find(name) ?? throw archive.Fail($"tensor '{name}' is missing");
        if (!tensor.Shape.SequenceEqual(shape))
            throw archive.Fail($"tensor '{name}' has shape {tensor.ShapeText}, the model's is {StoredTensor.Text(shape)}");
        T[] values = read(tensor);
        int at = Array.FindIndex(values, value => !T.IsFinite(value));
        return at < 0 ? values
            : throw archive.Fail(FormattableString.Invariant($"element {at} of tensor '{name}' is {values[at]}, not a finite number"));
    }

    private static string Text(TensorArchive archive, string key) =>
        archive.Metadata.TryGetValue(key, out string? text) ? text : throw archive.Fail($"no style file: the metadata has no '{key}'");

    private static int?[] Integers(TensorArchive archive, string key) => Array.ConvertAll(Text(archive, key).Split(','), text =>
        text.Length == 0 && key == "ranks" ? (int?)null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value : throw archive.Fail($"metadata '{key}' says '{text}' where a whole number is needed"));
}
