using Wct.Net.Weights.Pickle;

namespace Wct.Net.Weights;

/// <summary>Reads PyTorch files as <c>torch.save</c> wrote them before version 1.6: several pickles, then the raw storages.</summary>
/// <remarks>The pickles are the magic number, the protocol, machine properties, the object, and the storages' keys. Then, for each key, the
/// number of elements and the elements follow.</remarks>
internal static class PthLegacy
{
    private const long Protocol = 1001;

    private static readonly Int128 Magic = new(0x1950, 0xA86A_20F9_469C_FC6C);

    /// <exception cref="WeightsFormatException">The file is damaged or in another format.</exception>
    internal static TensorArchive Read(ByteSource source)
    {
        ByteCursor cursor = new(source, 0, source.Length);
        TorchObjects objects = new(source);
        object? Next() => new PickleMachine(cursor, objects).Run();

        if (Next() is not Int128 magic || magic != Magic)
            throw source.Fail("no PyTorch file: it does not start with PyTorch's magic number");
        if (Next() is not Protocol)
            throw source.Fail($"a PyTorch file of an unknown protocol; {Protocol} is known");
        _ = Next();
        KeyValuePair<string, TorchTensor>[] tensors = [.. StateDictionary.Tensors(source, Next())];
        if (Next() is not PickleList keys)
            throw source.Fail("the list of storages is missing");
        Dictionary<string, long> starts = Starts(source, cursor, objects, keys);
        return new TensorArchive(
            source,
            tensors.Select(tensor => tensor.Value.In(source, tensor.Key, Start(source, tensor.Key, tensor.Value.Storage.Key, starts))),
            TensorArchive.NoMetadata);
    }

    private static Dictionary<string, long> Starts(ByteSource source, ByteCursor cursor, TorchObjects objects, PickleList keys)
    {
        Dictionary<string, long> starts = [];
        foreach (object? item in keys)
        {
            if (item is not string key || objects.FindStorage(key) is not { } storage)
                throw source.Fail($"a storage is listed that no tensor uses: {item as string ?? PickleText.Kind(item)}");
            long elements = cursor.ReadInt64();
            if (elements != storage.Elements)
                throw source.Fail($"storage '{key}' has {elements} elements, its tensors expect {storage.Elements}");
            starts[key] = cursor.Position;
            if (elements > cursor.Remaining / storage.Element.Size)
                throw source.Fail(
                    $"truncated: storage '{key}' needs {(Int128)elements * storage.Element.Size} bytes, {cursor.Remaining} are there");
            cursor.Skip(elements * storage.Element.Size);
        }

        return starts;
    }

    private static long Start(ByteSource source, string name, string key, Dictionary<string, long> starts) =>
        starts.TryGetValue(key, out long start) ? start : throw source.Fail($"storage '{key}' of tensor '{name}' is not in the file");
}
