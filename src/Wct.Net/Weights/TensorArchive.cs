namespace Wct.Net.Weights;

/// <summary>The named tensors of an open file, in the file's order, and what the file says about itself.</summary>
public sealed class TensorArchive : IDisposable
{
    /// <summary>For formats that have no place for metadata.</summary>
    internal static readonly IReadOnlyDictionary<string, string> NoMetadata = new Dictionary<string, string>();

    private readonly ByteSource _source;
    private readonly StoredTensor[] _tensors;

    internal TensorArchive(ByteSource source, IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        (_source, _tensors, Metadata) = (source, [.. tensors], metadata);
    }

    /// <summary>The tensors, in the file's order.</summary>
    public IReadOnlyList<StoredTensor> Tensors => _tensors;

    /// <summary>What the file says about itself; empty where the format has no place for it.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensor of that name, or null.</summary>
    public StoredTensor? Find(string name) => Array.Find(_tensors, tensor => tensor.Name == name);

    /// <summary>Closes the file; tensors can no longer be read.</summary>
    public void Dispose() => _source.Dispose();

    /// <summary>What was opened: the file's name as it was given.</summary>
    internal string Name => _source.Name;

    internal WeightsFormatException Fail(string problem, Exception? inner = null) => _source.Fail(problem, inner);
}
