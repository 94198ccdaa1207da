namespace Wct.Training.Networks;

/// <summary>The trained parameters of a run, with their gradients and Adam's running means. All parts are concatenated, so one call updates
/// them all.</summary>
public sealed class ParameterSet
{
    private readonly int[] _offsets;

    /// <summary>Concatenates some parts.</summary>
    /// <param name="names">Names of the parts, in order.</param>
    /// <param name="parts">Starting values of the parts; copied.</param>
    /// <exception cref="ArgumentException">The numbers of names and parts differ.</exception>
    public ParameterSet(IReadOnlyList<string> names, IReadOnlyList<float[]> parts)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(parts);
        if (names.Count != parts.Count)
            throw new ArgumentException($"There are {names.Count} names and {parts.Count} parts.", nameof(names));
        Names = [.. names];
        _offsets = new int[parts.Count + 1];
        for (int i = 0; i < parts.Count; i++)
            _offsets[i + 1] = checked(_offsets[i] + parts[i].Length);
        Count = _offsets[^1];
        Values = parts.SelectMany(part => part).ToArray();
        (Gradients, Mean, Square) = (new float[Count], new float[Count], new float[Count]);
    }

    /// <summary>Names of the parts, such as "conv3_1.weight".</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of parameters.</summary>
    public int Count { get; }

    /// <summary>The parameters.</summary>
    public Memory<float> Values { get; }

    /// <summary>Gradients of the loss, summed over a batch.</summary>
    public Memory<float> Gradients { get; }

    /// <summary>Adam's running mean of the gradients.</summary>
    public Memory<float> Mean { get; }

    /// <summary>Adam's running mean of the squared gradients.</summary>
    public Memory<float> Square { get; }

    /// <summary>The range of a part in <see cref="Values"/>, <see cref="Gradients"/>, <see cref="Mean"/> and
    /// <see cref="Square"/>.</summary>
    /// <param name="name">The name of the part.</param>
    /// <exception cref="ArgumentException">No part has this name.</exception>
    public Range Part(string name)
    {
        for (int i = 0; i < Names.Count; i++)
        {
            if (Names[i] == name)
                return _offsets[i].._offsets[i + 1];
        }

        throw new ArgumentException($"There is no part '{name}'.", nameof(name));
    }
}
