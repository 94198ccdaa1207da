using Wct.Net.Models;
using Wct.Net.Weights.Torch7;

namespace Wct.Net.Weights;

/// <summary>Reads published files of one network, an encoder or a decoder, and gives its convolutions the table's names.</summary>
internal static class NetworkFile
{
    internal const string PyTorchName = "a PyTorch file (.pth)", Torch7Name = "a Torch7 file (.t7)";

    /// <summary>The formats that are read, for messages about files in other formats.</summary>
    internal const string WhatIsRead = "networks are read from PyTorch's (.pth) and Torch7's (.t7) files";

    // A pickle starts with the PROTO opcode. Protocol 1 doesn't have it, and starts with PyTorch's magic number in decimal.
    private static ReadOnlySpan<byte> PickleStart => [0x80];

    private static ReadOnlySpan<byte> Pickle1Start => "L119547037146038801333356L\n"u8;

    private static ReadOnlySpan<byte> ZipStart => "PK\u0003\u0004"u8;

    // The 32-bit type number of a torch object.
    private static ReadOnlySpan<byte> Torch7Start => [4, 0, 0, 0];

    /// <summary>Opens a file in the format that its first bytes show, regardless of its name.</summary>
    /// <exception cref="WeightsFormatException">The file is damaged or in an unknown format.</exception>
    internal static TensorArchive Open(string path)
    {
        ByteSource source = ByteSource.Open(path);
        try
        {
            return Read(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    internal static TensorArchive Read(ByteSource source)
    {
        if (StartsWith(source, ZipStart))
            return PthZip.Read(source);
        if (StartsWith(source, PickleStart) || StartsWith(source, Pickle1Start))
            return PthLegacy.Read(source);
        if (StartsWith(source, Torch7Start))
            return Torch7Network.Read(source);
        throw source.Fail(Safetensors.Recognize(source) ? $"is a safetensors file; {WhatIsRead}" : OtherFile.NameOf(source) is { } name
            ? $"is {name}; {WhatIsRead}" : "neither a PyTorch nor a Torch7 file");
    }

    /// <summary>The name of a file's format if it starts like one of PyTorch's or Torch7's; null for other files.</summary>
    internal static string? NameOf(ByteSource source)
    {
        if (StartsWith(source, ZipStart))
            return PthZip.NameOf(source);
        return StartsWith(source, PickleStart) || StartsWith(source, Pickle1Start) ? PyTorchName
            : StartsWith(source, Torch7Start) ? Torch7Name : null;
    }

    /// <summary>Runs a function that checks a network's shapes, and reports its exceptions as problems of the file.</summary>
    /// <exception cref="WeightsFormatException">Thrown in place of <see cref="ArgumentException"/>.</exception>
    internal static T Checked<T>(TensorArchive archive, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException error)
        {
            // The name of a parameter tells nothing about the file.
            throw archive.Fail(error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal), error);
        }
    }

    /// <summary>Makes a network from the one group of tensors that fits. The tensors of a group have a common name prefix.</summary>
    /// <param name="archive">The open file.</param>
    /// <param name="prefixes">The prefixes to try, most likely first; at least one.</param>
    /// <param name="make">Makes the network from the tensors with a prefix.</param>
    /// <exception cref="WeightsFormatException">No group fits, and the exception is that of the most likely one. Or several groups fit
    /// equally well.</exception>
    internal static T OnlyFitting<T>(TensorArchive archive, IReadOnlyList<string> prefixes, Func<string, T> make)
    {
        if (prefixes is [var only])
            return make(only);
        List<(string Prefix, T Made)> fitting = [];
        WeightsFormatException? problem = null;
        foreach (string prefix in prefixes)
        {
            try
            {
                fitting.Add((prefix, make(prefix)));
            }
            catch (WeightsFormatException error)
            {
                problem ??= error;
            }
        }

        if (fitting.Count == 0)
            throw problem!;
        int[] ranks = [.. fitting.Select(candidate => StatePrefix.Rank(candidate.Prefix))];
        int best = ranks.Min();
        return ranks.Count(rank => rank == best) == 1 ? fitting[Array.IndexOf(ranks, best)].Made : throw archive.Fail(
            $"holds several networks that fit: {string.Join(", ", fitting.Select(candidate => $"'{candidate.Prefix}'").Take(8))}");
    }

    /// <summary>Reads convolutions that a naming scheme calls by other names, in the order of <paramref name="names"/>.</summary>
    /// <param name="archive">The open file.</param>
    /// <param name="names">Layer names of the table.</param>
    /// <param name="key">Gives a layer's name in the file.</param>
    /// <exception cref="WeightsFormatException">A tensor is missing, has the wrong shape, or contains a value that is not
    /// finite.</exception>
    internal static ConvolutionWeights[] Convolutions(TensorArchive archive, IReadOnlyList<string> names, Func<string, string> key)
    {
        string[] missing = [.. names.SelectMany(name => (string[])[$"{key(name)}.weight", $"{key(name)}.bias"])
            .Where(name => archive.Find(name) is null)];
        if (missing.Length > 0)
            throw archive.Fail($"missing {string.Join(", ", missing)}");
        return [.. names.Select(name => Convolution(archive, name, key(name)))];
    }

    /// <summary>The names of a Sequential's convolutions in the file: the prefix and the numbers of the modules that have weights,
    /// ascending.</summary>
    internal static string[] SequentialKeys(TensorArchive archive, string prefix) => [.. archive.Tensors.Select(tensor => tensor.Name)
        .Where(name => StatePrefix.OfModule(name) == prefix)
        .Select(name => int.TryParse(name.AsSpan(prefix.Length, name.Length - prefix.Length - ".weight".Length), out int index)
            ? index : -1)
        .Where(index => index >= 0).Order().Select(index => $"{prefix}{index}")];

    private static ConvolutionWeights Convolution(TensorArchive archive, string name, string key)
    {
        StoredTensor weight = archive.Find($"{key}.weight")!, bias = archive.Find($"{key}.bias")!;
        if (weight.Shape is not [var outs, var ins, var kernel, var width] || kernel != width)
            throw archive.Fail($"tensor '{weight.Name}' has shape {weight.ShapeText}; a convolution's has four sizes, the last two equal");
        if (bias.Shape is not [var biases] || biases != outs)
            throw archive.Fail(
                $"tensor '{bias.Name}' has shape {bias.ShapeText}; '{weight.Name}' with shape {weight.ShapeText} needs [{outs}]");
        if (weight.Elements == 0 || outs > int.MaxValue || ins > int.MaxValue || kernel > int.MaxValue)
            throw archive.Fail($"tensor '{weight.Name}' has shape {weight.ShapeText}; no size may be 0 or beyond 32 bits");
        try
        {
            return new ConvolutionWeights(name, (int)outs, (int)ins, (int)kernel, weight.Read(), bias.Read());
        }
        catch (ArgumentException error)
        {
            throw archive.Fail($"tensors '{key}': layer {error.Message}", error);
        }
    }

    private static bool StartsWith(ByteSource source, ReadOnlySpan<byte> start)
    {
        Span<byte> found = stackalloc byte[start.Length];
        source.Read(0, found[..(int)Math.Min(found.Length, source.Length)]);
        return found.SequenceEqual(start);
    }
}
