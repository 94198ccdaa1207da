using Wct.Net.Models;
using Wct.Net.Weights.Torch7;

namespace Wct.Net.Weights;

/// <summary>Turns the tensors of one published file, an encoder or a decoder, into convolutions with the table's names.</summary>
internal static class NetworkFile
{
    // A pickle starts with its protocol, an opcode; protocols 0 and 1 have none, and torch.save never used them.
    private static ReadOnlySpan<byte> PickleStart => [0x80];

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
        if (StartsWith(source, PickleStart))
            return PthLegacy.Read(source);
        return StartsWith(source, Torch7Start) ? Torch7Network.Read(source) : throw source.Fail("neither a PyTorch nor a Torch7 file");
    }

    /// <summary>Whether a file starts as one of PyTorch's or Torch7's does.</summary>
    internal static bool Recognise(ByteSource source) =>
        StartsWith(source, ZipStart) || StartsWith(source, PickleStart) || StartsWith(source, Torch7Start);

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

    /// <summary>The file's own names of its convolutions in a Sequential: the numbers of its modules that have weights,
    /// ascending.</summary>
    internal static string[] SequentialKeys(TensorArchive archive) =>
        [.. archive.Tensors.Select(tensor => tensor.Name).Where(name => name.EndsWith(".weight", StringComparison.Ordinal))
            .Select(name => int.TryParse(name.AsSpan(0, name.Length - ".weight".Length), out int index) ? index : -1)
            .Where(index => index >= 0).Order().Select(index => $"{index}")];

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
