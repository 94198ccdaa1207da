using Wct.Net.Models;

namespace Wct.Net.Weights;

/// <summary>Reads a folder of published networks that have their original file names.</summary>
/// <remarks>
/// <para>Two naming schemes are known. L is the level, and a folder can have any subset of 1..5:</para>
/// <para><c>vgg_normalised_conv{L}_1</c> and <c>feature_invertor_conv{L}_1</c>, <c>.pth</c> or <c>.t7</c>: full-size networks, with layers
/// in a Sequential. A decoder's last convolution has no ReLU.</para>
/// <para><c>{L}SE.pth</c> and <c>{L}SD.pth</c>: compact networks, with layers conv0, conv11, conv12 .. Every convolution of a decoder has a
/// ReLU.</para>
/// <para>A level exists if its decoder does. Its encoder is that of the same level, or, if there is none, that of the next deeper level in
/// the folder. Encoders that are, bit for bit, the beginning of a deeper one share one instance with it.</para>
/// <para>The names of layers may have a common prefix (<c>module.</c>, <c>net.</c>), and the layers may be in nested dictionaries of a
/// checkpoint, together with other tensors. If several groups of tensors fit, names without a prefix are preferred, then <c>state_dict</c>,
/// <c>model_state_dict</c>, <c>model</c> and <c>net</c>. If none of these apply, the file is rejected.</para>
/// </remarks>
public static class PublishedFolder
{
    private static readonly PublishedScheme[] Schemes = [new SequentialScheme(), new CompactScheme()];

    /// <summary>Reads the model in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ArgumentNullException"><paramref name="folder"/> is null.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="WeightsFormatException">There are no files with known names, files of both naming schemes, a decoder without an
    /// encoder, or a damaged file.</exception>
    /// <exception cref="IOException">A file can't be read; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static WctModel Load(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder}: no such folder.");
        PublishedScheme[] present = [.. Schemes.Where(scheme => scheme.Levels(scheme.DecoderFile, folder).Any())];
        if (present.Length != 1)
        {
            throw new WeightsFormatException(
                folder, present.Length == 0 ? NothingKnown(folder) : "holds networks of two naming schemes; one is needed");
        }

        return new WctModel(Levels(present[0], folder), present[0].Description, LicenseHint(folder));
    }

    private static List<LevelModel> Levels(PublishedScheme scheme, string folder)
    {
        int[] decoders = [.. scheme.Levels(scheme.DecoderFile, folder)];
        int[] encoders = [.. scheme.Levels(scheme.EncoderFile, folder)];
        List<LevelModel> levels = [];
        foreach (IGrouping<int, int> group in decoders.GroupBy(level => encoders.Order().FirstOrDefault(encoder => encoder >= level)))
        {
            if (group.Key == 0)
            {
                throw new WeightsFormatException(
                    folder, $"level {group.Max()} has a decoder, but no encoder reaches it: {scheme.EncoderNames(group.Max())} is missing");
            }

            EncoderWeights read = scheme.ReadEncoder(scheme.EncoderFile(folder, group.Key)!, group.Key).UpTo(group.Max());
            EncoderWeights encoder = levels.Select(level => level.Encoder).FirstOrDefault(read.IsPrefixOf) ?? read;
            foreach (int level in group)
                levels.Add(Pair(folder, level, encoder, scheme.ReadDecoder(scheme.DecoderFile(folder, level)!, level)));
        }

        return levels;
    }

    private static LevelModel Pair(string folder, int level, EncoderWeights encoder, DecoderWeights decoder)
    {
        try
        {
            return new LevelModel(level, encoder, decoder);
        }
        catch (ArgumentException error)
        {
            throw new WeightsFormatException(folder, error.Message, error);
        }
    }

    private static string NothingKnown(string folder)
    {
        string wanted = string.Join(", ", Schemes.Select(scheme => scheme.DecoderNames("{1..5}")));
        return Directory.EnumerateFiles(folder, "*.onnx").FirstOrDefault() is { } onnx
            ? $"holds ONNX files ({Path.GetFileName(onnx)}), which are written and not read; looked for {wanted}"
            : $"holds no networks under known names; looked for {wanted}";
    }

    private static string? LicenseHint(string folder)
    {
        string path = Path.Combine(folder, "LICENSE");
        if (!File.Exists(path))
            return null;

        try
        {
            // Only the beginning is read, because it has the license's name, and the file may be large.
            char[] beginning = new char[1000];
            using StreamReader reader = new(path);
            string[] lines = new string(beginning, 0, reader.ReadBlock(beginning)).Split(
                '\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return lines.FirstOrDefault();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The license is optional, so the networks can be used without it.
            return null;
        }
    }
}
