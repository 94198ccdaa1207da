namespace Wct.Net.Weights.Pickle;

/// <summary>Finds the tensors in what a pickle left: a state dictionary, or a checkpoint with one or more of them somewhere
/// inside.</summary>
/// <remarks>
/// A tensor's name is the path to it, joined with dots: <c>state_dict.module.conv0.weight</c>. A layer is then found behind whatever
/// prefix, no matter whether dictionaries or names make it up.
/// </remarks>
internal static class StateDictionary
{
    // A network of these has 32 tensors; a file can repeat one of its own without end.
    private const int MostDepth = 16, MostTensors = 1 << 16, MostCharacters = 1 << 24;

    /// <summary>The named tensors, in order. A dictionary or list that is met again is left out: its tensors are there already.</summary>
    /// <exception cref="WeightsFormatException">No dictionary or list, none that holds tensors, or names that fill the memory.</exception>
    internal static IEnumerable<KeyValuePair<string, TorchTensor>> Tensors(ByteSource source, object? root)
    {
        if (root is not (PickleDictionary or PickleList or object?[]))
            throw source.Fail($"holds {PickleText.Kind(root)}; a dictionary of tensors is needed");
        List<KeyValuePair<string, TorchTensor>> tensors = [];
        HashSet<object> visited = new(ReferenceEqualityComparer.Instance);
        long characters = 0;
        Visit("", root, 0);
        return tensors.Count > 0 ? tensors : throw source.Fail("holds no dictionary of tensors");

        void Visit(string path, object? value, int depth)
        {
            if (value is TorchTensor tensor)
            {
                if (tensors.Count == MostTensors)
                    throw source.Fail($"holds more than {MostTensors} tensors");
                tensors.Add(KeyValuePair.Create(path, tensor));
                return;
            }

            if (value is PickleDictionary or PickleList or object?[] && depth < MostDepth && visited.Add(value))
                VisitItems(path.Length == 0 ? "" : path + ".", value, depth);
        }

        void VisitItems(string prefix, object value, int depth)
        {
            foreach ((string key, object? item) in Items(value))
            {
                if (item is not (TorchTensor or PickleDictionary or PickleList or object?[]))
                    continue;
                if ((characters += prefix.Length + key.Length) > MostCharacters)
                    throw source.Fail($"the names of its tensors take more than {MostCharacters} characters");
                Visit(prefix + key, item, depth + 1);
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> Items(object value) => value is PickleDictionary dictionary
        ? dictionary.Items
        : ((IEnumerable<object?>)value).Select((item, i) => KeyValuePair.Create($"{i}", item));
}
