namespace Wct.Net.Weights;

/// <summary>What stands before a network's own names in a state dictionary: wrappers such as DataParallel's <c>module.</c>, the attribute
/// that held the network, the path to the dictionary in a checkpoint, or nothing.</summary>
internal static class StatePrefix
{
    private const string Weight = ".weight";

    // How many prefixes are tried: each try reads weights.
    private const int MostTried = 16;

    // Where checkpoints keep the network's state; of several that fit, the first of these is meant.
    private static readonly string[] Usual = ["state_dict", "model_state_dict", "model", "net"];

    /// <summary>Prefixes under which most of these tensors are found; "" where there are none.</summary>
    internal static string[] OfTensors(TensorArchive archive, params string[] names)
    {
        Dictionary<string, int> found = [];
        foreach (StoredTensor tensor in archive.Tensors)
        {
            foreach (string name in names)
            {
                if (tensor.Name.EndsWith(name, StringComparison.Ordinal))
                    found[tensor.Name[..^name.Length]] = found.GetValueOrDefault(tensor.Name[..^name.Length]) + 1;
            }
        }

        int most = found.Values.DefaultIfEmpty().Max();
        return Sorted(found.Where(entry => entry.Value == most), count => -count);
    }

    /// <summary>Prefixes under which numbered modules have weights, those with about as many as are wanted first; "" where there are
    /// none.</summary>
    internal static string[] OfModules(TensorArchive archive, int wanted)
    {
        Dictionary<string, int> found = [];
        foreach (string prefix in archive.Tensors.Select(tensor => OfModule(tensor.Name)).OfType<string>())
            found[prefix] = found.GetValueOrDefault(prefix) + 1;
        return Sorted(found, count => Math.Abs(count - wanted));
    }

    /// <summary>"net." of "net.12.weight"; null for other names.</summary>
    internal static string? OfModule(string name)
    {
        int end = name.Length - Weight.Length, first = end;
        while (first > 0 && char.IsAsciiDigit(name[first - 1]))
            first--;
        return first == end || !name.EndsWith(Weight, StringComparison.Ordinal) ? null : name[..first];
    }

    /// <summary>How likely a network is meant that has this prefix: less is likelier.</summary>
    internal static int Rank(string prefix)
    {
        if (prefix.Length == 0)
            return 0;
        int rank = Array.IndexOf(Usual, prefix.Split('.')[0]);
        return rank < 0 ? Usual.Length + 1 : rank + 1;
    }

    private static string[] Sorted(IEnumerable<KeyValuePair<string, int>> found, Func<int, int> unlikely)
    {
        string[] prefixes = [.. found.OrderBy(entry => unlikely(entry.Value))
            .ThenBy(entry => Rank(entry.Key)).ThenBy(
                entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Key).Take(MostTried)];
        return prefixes.Length > 0 ? prefixes : [""];
    }
}
