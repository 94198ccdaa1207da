using System.Text;
using Wct.Net.Weights.Pickle;

namespace Wct.Net.Weights;

/// <summary>Reads PyTorch files as <c>torch.save</c> writes them since version 1.6: a zip archive with <c>data.pkl</c> and one file per
/// storage.</summary>
internal static class PthZip
{
    private const string PickleName = "data.pkl";

    /// <exception cref="WeightsFormatException">The file is damaged or in another format.</exception>
    internal static TensorArchive Read(ByteSource source)
    {
        Dictionary<string, ZipEntry> entries = ZipDirectory.Read(source);
        if (OtherFile.NameOfZip(entries.Keys) is { } other)
            throw source.Fail($"is {other}; {NetworkFile.WhatIsRead} with a state dictionary");
        string prefix = Prefix(source, entries);
        CheckByteOrder(source, entries, prefix);
        ZipEntry pickle = ZipDirectory.Readable(source, prefix + PickleName, entries[prefix + PickleName]);
        ByteCursor cursor = new(source, pickle.Start, pickle.Start + pickle.Length);
        object? root = new PickleMachine(cursor, new TorchObjects(source)).Run();
        return new TensorArchive(
            source,
            StateDictionary.Tensors(source, root).Select(tensor =>
                tensor.Value.In(source, tensor.Key, Start(source, entries, prefix, tensor.Value.Storage))),
            TensorArchive.NoMetadata);
    }

    /// <summary>What a zip archive is: PyTorch's, another known kind, or an unknown one.</summary>
    internal static string NameOf(ByteSource source)
    {
        try
        {
            ICollection<string> files = ZipDirectory.Read(source).Keys;
            return OtherFile.NameOfZip(files) ?? (files.Any(IsPickle) ? NetworkFile.PyTorchName : "a zip archive");
        }
        catch (WeightsFormatException)
        {
            return "a damaged zip archive";
        }
    }

    private static bool IsPickle(string name) => name == PickleName || name.EndsWith("/" + PickleName, StringComparison.Ordinal);

    // All files are in a folder that is named after the original file.
    private static string Prefix(ByteSource source, Dictionary<string, ZipEntry> entries)
    {
        string[] pickles = [.. entries.Keys.Where(IsPickle)];
        if (pickles.Length != 1)
            throw source.Fail($"a zip archive with {pickles.Length} files named {PickleName}; PyTorch's has 1");
        return pickles[0][..^PickleName.Length];
    }

    private static void CheckByteOrder(ByteSource source, Dictionary<string, ZipEntry> entries, string prefix)
    {
        if (!entries.TryGetValue(prefix + "byteorder", out ZipEntry entry))
            return;
        entry = ZipDirectory.Readable(source, prefix + "byteorder", entry);
        byte[] order = new byte[Math.Min(entry.Length, 16)];
        source.Read(entry.Start, order);
        if (!order.AsSpan().SequenceEqual("little"u8))
            throw source.Fail($"byte order '{Encoding.UTF8.GetString(order)}'; only 'little' is read");
    }

    private static long Start(ByteSource source, Dictionary<string, ZipEntry> entries, string prefix, TorchStorage storage)
    {
        string name = $"{prefix}data/{storage.Key}";
        if (!entries.TryGetValue(name, out ZipEntry entry))
            throw source.Fail($"storage '{storage.Key}' is not in the zip archive");
        entry = ZipDirectory.Readable(source, name, entry);
        if (storage.Elements > entry.Length / storage.Element.Size)
            throw source.Fail(
                $"storage '{storage.Key}' has {entry.Length} bytes, {(Int128)storage.Elements * storage.Element.Size} are needed");
        return entry.Start;
    }
}
