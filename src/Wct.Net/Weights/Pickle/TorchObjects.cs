namespace Wct.Net.Weights.Pickle;

/// <summary>Resolves the few names that pickles of torch tensors need. Throws for every other name.</summary>
internal sealed class TorchObjects(ByteSource source) : IPickleObjects
{
    private const int MostPairs = 1 << 20, MostDimensions = 64;

    private static readonly Dictionary<string, TorchGlobal> Known = KnownGlobals();

    private readonly Dictionary<string, TorchStorage> _storages = [];
    private int _pairs;

    /// <inheritdoc/>
    public object Resolve(string module, string name) =>
        Known.TryGetValue($"{module}.{name}", out TorchGlobal? known) ? known : throw source.Fail(
            $"the pickle names '{module}.{name}', which no weights need; nothing was executed. Save a state dictionary, not whole objects");

    /// <inheritdoc/>
    public object? Call(object? callable, object?[] arguments) => (callable as TorchGlobal)?.Name switch
    {
        "OrderedDict" when arguments.Length == 0 => new PickleDictionary(),
        "OrderedDict" when arguments is [PickleList pairs] => FromPairs(pairs),
        "Size" when arguments is [object?[] size] => size,
        "_rebuild_parameter" when arguments is [TorchTensor tensor, ..] => tensor,
        "_rebuild_tensor" or "_rebuild_tensor_v2" when arguments is [TorchStorage storage, long first, object?[] sizes,
            object?[] strides, ..]
            => new TorchTensor(storage, first, Integers(sizes), Integers(strides)),
        null => throw source.Fail($"the pickle calls {PickleText.Kind(callable)}"),
        string name => throw source.Fail($"the pickle calls '{name}' with {arguments.Length} arguments that don't fit"),
    };

    /// <inheritdoc/>
    /// <remarks>The identifier is ('storage', class, key, location, elements). In old files, None or (view's key, first element, elements)
    /// follows.</remarks>
    public object Persistent(object? id)
    {
        if (id is not object?[] parts
            || parts is not ["storage", TorchGlobal { Element: { } element }, string key, _, long elements and >= 0, ..])
        {
            throw source.Fail("the pickle refers to something outside that is no storage");
        }

        if (parts.Length > 5 && parts[5] is not null)
            throw source.Fail($"storage '{key}' is a view of another one, as PyTorch before 0.4 wrote them");
        TorchStorage storage = new(key, element, elements);
        if (_storages.TryGetValue(key, out TorchStorage? known) && known != storage)
        {
            throw source.Fail(
                $"storage '{key}' has {known.Elements} {known.Element.Name} elements in one place, {elements} {element.Name} in another");
        }

        return _storages[key] = storage;
    }

    /// <summary>The storage with that key; null if no tensor refers to it.</summary>
    internal TorchStorage? FindStorage(string key) => _storages.GetValueOrDefault(key);

    private PickleDictionary FromPairs(PickleList pairs)
    {
        // A hostile pickle can build dictionaries from the same long list again and again. State dictionaries name each layer once.
        if ((_pairs += pairs.Count) > MostPairs)
            throw source.Fail($"the pickle builds dictionaries of more than {MostPairs} entries");
        PickleDictionary dictionary = new();
        foreach (object? pair in pairs)
        {
            (object? key, object? value) = pair switch
            {
                object?[] and [var first, var second] => (first, second),
                PickleList and [var first, var second] => (first, second),
                _ => throw source.Fail("the pickle builds a dictionary from something that is no list of pairs"),
            };
            if (key is string text)
                dictionary[text] = value;
        }

        return dictionary;
    }

    private long[] Integers(object?[] values)
    {
        if (values.Length > MostDimensions)
            throw source.Fail($"the pickle has a tensor of {values.Length} dimensions; the limit is {MostDimensions}");
        return Array.ConvertAll(values, value => value is long number
            ? number : throw source.Fail($"the pickle has {PickleText.Kind(value)} among a tensor's sizes or strides"));
    }

    private static Dictionary<string, TorchGlobal> KnownGlobals()
    {
        Dictionary<string, TorchGlobal> known = [];
        foreach (string name in (string[])["_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_parameter"])
            known[$"torch._utils.{name}"] = new TorchGlobal(name);
        known["collections.OrderedDict"] = new TorchGlobal("OrderedDict");
        known["torch.Size"] = new TorchGlobal("Size");
        foreach (TorchElement element in TorchElement.All)
        {
            TorchGlobal storage = new(element.Name + "Storage", element);
            known[$"torch.{storage.Name}"] = storage;
            known[$"torch.cuda.{storage.Name}"] = storage;
        }

        return known;
    }
}
