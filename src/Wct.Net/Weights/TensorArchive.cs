namespace Wct.Net.Weights;

/// <summary>The named tensors of an open file, in the file's order, and its metadata.</summary>
public sealed class TensorArchive : IDisposable
{
    /// <summary>Empty metadata, for formats that don't store any.</summary>
    internal static readonly IReadOnlyDictionary<string, string> NoMetadata = new Dictionary<string, string>();

    private readonly ByteSource _source;
    private readonly StoredTensor[] _tensors;

    internal TensorArchive(ByteSource source, IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        (_source, _tensors, Metadata) = (source, [.. tensors], metadata);
    }

    /// <summary>The tensors, in the file's order.</summary>
    public IReadOnlyList<StoredTensor> Tensors => _tensors;

    /// <summary>The file's metadata; empty if the format doesn't store any.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The tensor with that name; null if there is none.</summary>
    /// <param name="name">The whole name; case matters.</param>
    public StoredTensor? Find(string name) => Array.Find(_tensors, tensor => tensor.Name == name);

    /// <summary>Closes the file. Tensors can't be read afterwards.</summary>
    public void Dispose() => _source.Dispose();

    /// <summary>The file's name as it was given.</summary>
    internal string Name => _source.Name;

    internal WeightsFormatException Fail(string problem, Exception? inner = null) => _source.Fail(problem, inner);
}
