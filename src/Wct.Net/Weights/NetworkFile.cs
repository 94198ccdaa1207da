using Wct.Net.Models;
using Wct.Net.Weights.Torch7;

namespace Wct.Net.Weights;

/// <summary>Turns the tensors of one published file, an encoder or a decoder, into convolutions with the table's names.</summary>
internal static class NetworkFile
{
    internal const string PyTorchName = "a PyTorch file (.pth)", Torch7Name = "a Torch7 file (.t7)";

    /// <summary>The formats of single networks, for messages about others.</summary>
    internal const string WhatIsRead = "networks are read from PyTorch's (.pth) and Torch7's (.t7) files";

    // A pickle starts with its protocol, an opcode; protocol 1 has none, and begins with PyTorch's magic number in decimal.
    private static ReadOnlySpan<byte> PickleStart => [0x80];

    private static ReadOnlySpan<byte> Pickle1Start => "L119547037146038801333356L\n"u8;

    private static ReadOnlySpan<byte> ZipStart => "PK\u0003\u0004"u8;

    // The 32-bit type of a torch object.
    private static ReadOnlySpan<byte> Torch7Start => [4, 0, 0, 0];

    /// <summary>Opens a file by what it starts with, not by its name.</summary>
    /// <exception cref="WeightsFormatException">Damaged, or of no known format.</exception>
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

    /// <summary>What a file that starts as one of PyTorch's or Torch7's is called; null for others.</summary>
    internal static string? NameOf(ByteSource source)
    {
        if (StartsWith(source, ZipStart))
            return PthZip.NameOf(source);
        return StartsWith(source, PickleStart) || StartsWith(source, Pickle1Start) ? PyTorchName
            : StartsWith(source, Torch7Start) ? Torch7Name : null;
    }

    /// <summary>Runs what checks a network's shapes; its complaints are about the file's content.</summary>
    /// <exception cref="WeightsFormatException">In place of <see cref="ArgumentException"/>.</exception>
    internal static T Checked<T>(TensorArchive archive, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException error)
        {
            throw archive.Fail(error.Message, error);
        }
    }

    /// <summary>Makes a network of the one group of tensors that fits: those whose names begin alike.</summary>
    /// <param name="archive">The open file.</param>
    /// <param name="prefixes">What names can begin with, the likeliest first; at least one.</param>
    /// <param name="make">Makes the network of the tensors behind a prefix.</param>
    /// <exception cref="WeightsFormatException">None fits: the likeliest one's problem. Or several do, and none has a usual
    /// name.</exception>
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

    /// <summary>Convolutions under the names that a naming scheme gives them, in the order of <paramref name="names"/>.</summary>
    /// <param name="archive">The open file.</param>
    /// <param name="names">Layer names of the table.</param>
    /// <param name="key">What the file calls a layer.</param>
    /// <exception cref="WeightsFormatException">A tensor is missing, has the wrong shape, or a value that is not finite.</exception>
    internal static ConvolutionWeights[] Convolutions(TensorArchive archive, IReadOnlyList<string> names, Func<string, string> key)
    {
        string[] missing = [.. names.SelectMany(name => (string[])[$"{key(name)}.weight", $"{key(name)}.bias"])
            .Where(name => archive.Find(name) is null)];
        if (missing.Length > 0)
            throw archive.Fail($"missing {string.Join(", ", missing)}");
        return [.. names.Select(name => Convolution(archive, name, key(name)))];
    }

    /// <summary>The file's own names of its convolutions in a Sequential: a prefix and the numbers of its modules that have weights,
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
            throw archive.Fail($"'{key}' is no layer {error.Message}", error);
        }
    }

    private static bool StartsWith(ByteSource source, ReadOnlySpan<byte> start)
    {
        Span<byte> found = stackalloc byte[start.Length];
        source.Read(0, found[..(int)Math.Min(found.Length, source.Length)]);
        return found.SequenceEqual(start);
    }
}
