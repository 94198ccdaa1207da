using System.Text;
using Wct.Net.Weights.Pickle;

namespace Wct.Net.Weights;

/// <summary>PyTorch files as <c>torch.save</c> writes them since 1.6: a zip archive with <c>data.pkl</c> and one file per
/// storage.</summary>
internal static class PthZip
{
    private const string PickleName = "data.pkl";

    /// <exception cref="WeightsFormatException">Damaged, or no such file.</exception>
    internal static TensorArchive Read(ByteSource source)
    {
        Dictionary<string, ZipEntry> entries = ZipDirectory.Read(source);
        string prefix = Prefix(source, entries);
        CheckByteOrder(source, entries, prefix);
        ZipEntry pickle = entries[prefix + PickleName];
        ByteCursor cursor = new(source, pickle.Start, pickle.Start + pickle.Length);
        object? root = new PickleMachine(cursor, new TorchObjects(source)).Run();
        return new TensorArchive(
            source,
            StateDictionary.Tensors(source, root).Select(tensor =>
                tensor.Value.In(source, tensor.Key, Start(source, entries, prefix, tensor.Value.Storage))),
            TensorArchive.NoMetadata);
    }

    // Everything lies in a folder named after the file that was saved to.
    private static string Prefix(ByteSource source, Dictionary<string, ZipEntry> entries)
    {
        string[] pickles = [.. entries.Keys.Where(name => name == PickleName || name.EndsWith("/" + PickleName, StringComparison.Ordinal))];
        if (pickles.Length != 1)
            throw source.Fail($"a zip archive with {pickles.Length} files named {PickleName}; PyTorch's has 1");
        return pickles[0][..^PickleName.Length];
    }

    private static void CheckByteOrder(ByteSource source, Dictionary<string, ZipEntry> entries, string prefix)
    {
        if (!entries.TryGetValue(prefix + "byteorder", out ZipEntry entry))
            return;
        byte[] order = new byte[Math.Min(entry.Length, 16)];
        source.Read(entry.Start, order);
        if (!order.AsSpan().SequenceEqual("little"u8))
            throw source.Fail($"byte order '{Encoding.UTF8.GetString(order)}'; only 'little' is read");
    }

    private static long Start(ByteSource source, Dictionary<string, ZipEntry> entries, string prefix, TorchStorage storage)
    {
        if (!entries.TryGetValue($"{prefix}data/{storage.Key}", out ZipEntry entry))
            throw source.Fail($"storage '{storage.Key}' is not in the zip archive");
        if (storage.Elements > entry.Length / storage.Element.Size)
            throw source.Fail(
                $"storage '{storage.Key}' has {entry.Length} bytes, {(Int128)storage.Elements * storage.Element.Size} are needed");
        return entry.Start;
    }
}
