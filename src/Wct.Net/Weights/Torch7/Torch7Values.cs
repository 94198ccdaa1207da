namespace Wct.Net.Weights.Torch7;

/// <summary>A Lua table. Keys are strings or numbers; entries with other keys are dropped.</summary>
internal sealed class Torch7Table
{
    private readonly Dictionary<object, object?> _items = [];

    internal object? this[object key]
    {
        get => _items.GetValueOrDefault(key);
        set => _items[key] = value;
    }
}

/// <summary>An object of a known class, with its fields.</summary>
internal sealed class Torch7Module(string className)
{
    internal string ClassName { get; } = className;

    internal Torch7Table Fields { get; set; } = new();
}

/// <summary>A tensor: a view of a storage, or empty.</summary>
internal sealed class Torch7Tensor
{
    internal Storage? Storage { get; set; }

    internal long Offset { get; set; }

    internal long[] Shape { get; set; } = [];

    internal long[] Strides { get; set; } = [];
}

/// <summary>The element types of Torch7's tensors and storages.</summary>
/// <param name="Name">"Float", as in torch.FloatTensor and torch.FloatStorage.</param>
/// <param name="Size">Bytes per element.</param>
/// <param name="Type">The type of weights; null for types that weights don't have.</param>
internal sealed record Torch7Element(string Name, int Size, ElementType? Type)
{
    private const string Package = "torch.";

    private static readonly Torch7Element[] All =
    [
        new("Float", 4, ElementType.F32), new("Double", 8, ElementType.F64), new("Half", 2, ElementType.F16),
        new("Cuda", 4, ElementType.F32), new("CudaDouble", 8, ElementType.F64), new("CudaHalf", 2, ElementType.F16),
        new("Byte", 1, null), new("Char", 1, null), new("Short", 2, null), new("Int", 4, null), new("Long", 8, null),
        new("CudaByte", 1, null), new("CudaChar", 1, null), new("CudaShort", 2, null), new("CudaInt", 4, null), new("CudaLong", 8, null),
    ];

    /// <summary>The element type of "torch.FloatTensor" for the kind "Tensor"; null for other classes.</summary>
    internal static Torch7Element? Of(string className, string kind) =>
        className.StartsWith(Package, StringComparison.Ordinal) && className.EndsWith(kind, StringComparison.Ordinal)
            ? Array.Find(All, element => className.AsSpan(Package.Length).SequenceEqual(element.Name + kind)) : null;
}
