namespace Wct.Net.Weights.Pickle;

/// <summary>Finds the tensors in what a pickle left: a state dictionary, or one inside a checkpoint.</summary>
internal static class StateDictionary
{
    private const int MostDepth = 4;

    // Where checkpoints keep the network's state; searched in this order before anything else.
    private static readonly string[] UsualKeys = ["state_dict", "model_state_dict", "model", "net"];

    /// <summary>The named tensors, in order; entries that are no tensors are left out.</summary>
    /// <exception cref="WeightsFormatException">No dictionary in it holds tensors, or several do and none has a usual name.</exception>
    internal static IEnumerable<KeyValuePair<string, TorchTensor>> Tensors(ByteSource source, object? root)
    {
        if (root is not PickleDictionary dictionary)
            throw source.Fail($"holds {PickleText.Kind(root)}; a dictionary of tensors is needed");
        PickleDictionary found = Find(source, dictionary, MostDepth) ?? throw source.Fail("holds no dictionary of tensors");
        return found.Items.Where(item => item.Value is TorchTensor).Select(item => KeyValuePair.Create(item.Key, (TorchTensor)item.Value!));
    }

    private static PickleDictionary? Find(ByteSource source, PickleDictionary dictionary, int depth)
    {
        if (dictionary.HasTensors)
            return dictionary;
        if (depth == 0)
            return null;
        foreach (string key in UsualKeys)
        {
            if (dictionary.Find(key) is PickleDictionary usual && Find(source, usual, depth - 1) is { } found)
                return found;
        }

        string[] holders =
            [.. dictionary.Items.Where(item => item.Value is PickleDictionary { HasTensors: true }).Select(item => item.Key)];
        return holders switch
        {
            [] => null,
            [string only] => (PickleDictionary)dictionary.Find(only)!,
            _ => throw source.Fail($"holds several dictionaries of tensors: {string.Join(", ", holders.Take(8))}"),
        };
    }
}
