namespace Wct.Training.Networks;

/// <summary>All numbers that a run trains, in one line of memory, with their gradients and the optimizer's running means beside them.</summary>
/// <param name="names">What the parts are called, in order.</param>
/// <param name="parts">Their starting values; copied.</param>
public sealed class ParameterSet(IReadOnlyList<string> names, IReadOnlyList<float[]> parts)
{
    private readonly int[] _offsets = Offsets(parts);

    /// <summary>Names of the parts: "conv3_1.weight".</summary>
    public IReadOnlyList<string> Names { get; } = [.. names];

    /// <summary>Number of parameters.</summary>
    public int Count => Values.Length;

    /// <summary>The parameters.</summary>
    public float[] Values { get; } = [.. parts.SelectMany(part => part)];

    /// <summary>Gradients of the loss, added up over a batch.</summary>
    public float[] Gradients { get; } = new float[parts.Sum(part => part.Length)];

    /// <summary>Adam's running mean of the gradients.</summary>
    public float[] Mean { get; } = new float[parts.Sum(part => part.Length)];

    /// <summary>Adam's running mean of their squares.</summary>
    public float[] Square { get; } = new float[parts.Sum(part => part.Length)];

    /// <summary>Where a part lies.</summary>
    /// <exception cref="ArgumentException">No part of that name.</exception>
    public Range Part(string name)
    {
        int index = Names.ToList().IndexOf(name);
        return index < 0 ? throw new ArgumentException($"There is no part '{name}'.", nameof(name)) : _offsets[index].._offsets[index + 1];
    }

    private static int[] Offsets(IReadOnlyList<float[]> parts)
    {
        int[] offsets = new int[parts.Count + 1];
        for (int i = 0; i < parts.Count; i++)
            offsets[i + 1] = checked(offsets[i] + parts[i].Length);
        return offsets;
    }
}
