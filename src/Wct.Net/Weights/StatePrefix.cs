namespace Wct.Net.Weights;

/// <summary>Finds the prefix of a network's layer names in a state dictionary. It may come from a wrapper such as DataParallel's
/// <c>module.</c>, from the attribute that held the network, or from the path to the dictionary in a checkpoint, and it may be
/// empty.</summary>
internal static class StatePrefix
{
    private const string Weight = ".weight";

    // Limits how many prefixes are tried, because each try reads weights.
    private const int MostTried = 16;

    // Usual names of the network's state in checkpoints, in order of preference if several fit.
    private static readonly string[] Usual = ["state_dict", "model_state_dict", "model", "net"];

    /// <summary>The prefixes with the most of these tensors; "" if there are none.</summary>
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

    /// <summary>The prefixes of numbered modules with weights, sorted by how close their number is to the wanted number; "" if there are
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

    /// <summary>How likely the network with this prefix is the right one; smaller is more likely.</summary>
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
