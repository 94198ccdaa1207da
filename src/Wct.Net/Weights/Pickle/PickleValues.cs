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

/// <summary>Stands for a Python bytes or bytearray object, whose content is not needed.</summary>
internal sealed class PickleBytes
{
    internal static readonly PickleBytes Instance = new();
}

/// <summary>A Python dictionary, ordered or not. Holds only entries with string keys.</summary>
internal sealed class PickleDictionary
{
    private readonly OrderedDictionary<string, object?> _items = [];

    internal IEnumerable<KeyValuePair<string, object?>> Items => _items;

    internal object? this[string key]
    {
        set => _items[key] = value;
    }
}

/// <summary>Names kinds of values for messages.</summary>
internal static class PickleText
{
    internal static string Kind(object? value) => value switch
    {
        null => "None",
        bool => "a truth value",
        long or Int128 => "an integer",
        double => "a number",
        string => "a text",
        PickleBytes => "bytes",
        object?[] => "a tuple",
        PickleList => "a list",
        PickleDictionary => "a dictionary",
        _ => "an object",
    };

    internal static string Kind(Type type) =>
        type == typeof(string) ? "a text" : type == typeof(object?[]) ? "a tuple" : type == typeof(PickleList) ? "a list" : "a dictionary";
}
