namespace Wct.Net.Weights.Pickle;

/// <summary>Finds the tensors in the object of a pickle: a state dictionary, or a checkpoint that contains state dictionaries.</summary>
/// <remarks>
/// A tensor's name is the path to it, joined with dots: <c>state_dict.module.conv0.weight</c>. So a layer has the same kind of prefix,
/// whether it comes from nested dictionaries or from dots in a key.
/// </remarks>
internal static class StateDictionary
{
    // These networks have 32 tensors. The limits are for hostile files, which can repeat objects without end.
    private const int MostDepth = 16, MostTensors = 1 << 16, MostCharacters = 1 << 24;

    /// <summary>The named tensors, in order. A dictionary or list that occurs again is skipped, because its tensors are already in the
    /// result.</summary>
    /// <exception cref="WeightsFormatException">The object is not a dictionary or list, contains no tensors, or has names that would fill
    /// the memory.</exception>
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
