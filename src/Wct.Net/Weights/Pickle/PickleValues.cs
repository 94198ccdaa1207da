namespace Wct.Net.Weights.Pickle;

/// <summary>A Python list.</summary>
internal sealed class PickleList : List<object?>
{
    internal PickleList()
    {
    }

    internal PickleList(IEnumerable<object?> items)
        : base(items)
    {
    }
}

/// <summary>A Python dictionary, ordered or not, as far as its keys are text.</summary>
internal sealed class PickleDictionary
{
    private readonly OrderedDictionary<string, object?> _items = [];

    internal IEnumerable<KeyValuePair<string, object?>> Items => _items;

    /// <summary>Whether a tensor was ever put into it; kept here, so that asking costs nothing however often a file repeats it.</summary>
    internal bool HasTensors { get; private set; }

    internal object? this[string key]
    {
        set
        {
            HasTensors |= value is TorchTensor;
            _items[key] = value;
        }
    }

    internal object? Find(string key) => _items.GetValueOrDefault(key);
}

/// <summary>What to call values in messages.</summary>
internal static class PickleText
{
    internal static string Kind(object? value) => value switch
    {
        null => "None",
        bool => "a truth value",
        long or Int128 => "an integer",
        double => "a number",
        string => "a text",
        byte[] => "bytes",
        object?[] => "a tuple",
        PickleList => "a list",
        PickleDictionary => "a dictionary",
        _ => "an object",
    };

    internal static string Kind(Type type) =>
        type == typeof(string) ? "a text" : type == typeof(object?[]) ? "a tuple" : type == typeof(PickleList) ? "a list" : "a dictionary";
}
