using System.IO.Compression;
using System.Runtime.InteropServices;
using Wct.Net.Models;

namespace Wct.Net.Tests.Weights;

/// <summary>Builds PyTorch files byte by byte, so that tests of the reader don't need PyTorch.</summary>
internal static class TorchFile
{
    internal sealed record Entry(string Name, int[] Shape, float[] Data);

    /// <summary>The tensors of a network with the file's layer names.</summary>
    internal static Entry[] Entries(IReadOnlyList<ConvolutionWeights> layers, Func<int, string, string> key) =>
        [.. layers.SelectMany((layer, i) => (Entry[])[
        new($"{key(i, layer.Name)}.weight", [layer.OutChannels, layer.InChannels, layer.KernelSize, layer.KernelSize],
            layer.Weights.ToArray()),
        new($"{key(i, layer.Name)}.bias", [layer.OutChannels], layer.Bias.ToArray())])];

    /// <summary>A file in the legacy format with any pickled object. Storages follow in the order of their keys.</summary>
    internal static byte[] Legacy(byte[] pickledObject, params (string Key, byte[] Bytes, int Elements)[] storages)
    {
        PickleWriter file = new();
        file.Proto().Raw(0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19).Stop();
        file.Proto().Int(1001).Stop();
        file.Proto().Op('}').Stop();
        file.Raw(pickledObject);
        file.Proto().Op(']').Mark();
        foreach ((string key, _, _) in storages)
            file.Text(key);
        file.Op('e').Stop();
        foreach ((_, byte[] bytes, int elements) in storages)
            file.Raw(BitConverter.GetBytes((long)elements)).Raw(bytes);
        return file.ToArray();
    }

    internal static byte[] Legacy(IReadOnlyList<Entry> entries) =>
        Legacy(StateDictionary(entries), [.. entries.Select((entry, i) => ($"{i}", Bytes(entry.Data), entry.Data.Length))]);

    /// <summary>A file in the zip format with any pickled object.</summary>
    internal static byte[] Zip(byte[] pickledObject, IEnumerable<(
        string Name, byte[] Bytes)> files, CompressionLevel compression = CompressionLevel.NoCompression)
    {
        using MemoryStream stream = new();
        using (ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in files.Prepend(("data.pkl", pickledObject)))
            {
                using Stream entry = zip.CreateEntry($"archive/{name}", compression).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    internal static byte[] Zip(IReadOnlyList<Entry> entries) =>
        Zip(StateDictionary(entries), [("byteorder", "little"u8.ToArray()), .. entries.Select((entry, i) =>
            ($"data/{i}", Bytes(entry.Data)))]);

    /// <summary>A pickled OrderedDict of contiguous float tensors, each with its own storage.</summary>
    internal static byte[] StateDictionary(IReadOnlyList<Entry> entries)
    {
        PickleWriter pickle = new PickleWriter().Proto();
        StateDictionary(pickle, entries);
        return pickle.Stop().ToArray();
    }

    /// <summary>Writes a state dictionary in the middle of a pickle.</summary>
    internal static void StateDictionary(PickleWriter pickle, IReadOnlyList<Entry> entries)
    {
        pickle.OrderedDict().Mark();
        for (int i = 0; i < entries.Count; i++)
            pickle.Text(entries[i].Name).Tensor($"{i}", entries[i].Data.Length, 0, entries[i].Shape, Strides(entries[i].Shape));
        pickle.Op('u');
    }

    internal static byte[] Bytes(float[] data) => MemoryMarshal.AsBytes<float>(data).ToArray();

    private static int[] Strides(int[] shape) => [.. shape.Select((_, i) => shape.Skip(i + 1).Aggregate(1, (product, size) =>
        product * size))];
}
