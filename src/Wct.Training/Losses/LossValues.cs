namespace Wct.Training.Losses;

/// <summary>Values of a task's losses: the weighted total, and each term without its weight. They are sums over pictures, or means over
/// steps.</summary>
public sealed class LossValues
{
    /// <summary>The name of the total in logs and plots.</summary>
    internal const string TotalName = "loss";

    private readonly IReadOnlyList<WeightedLoss> _losses;
    private readonly double[] _values;

    /// <summary>Creates values of zero.</summary>
    /// <param name="losses">The task's losses.</param>
    /// <exception cref="ArgumentException">Two terms have the same name.</exception>
    public LossValues(IReadOnlyList<WeightedLoss> losses)
    {
        ArgumentNullException.ThrowIfNull(losses);
        (_losses, _values) = (losses, new double[losses.Count]);
        for (int i = 1; i < losses.Count; i++)
        {
            if (IndexOf(losses[i].Term.Name) < i)
                throw new ArgumentException($"Two loss terms have the name '{losses[i].Term.Name}'.", nameof(losses));
        }
    }

    /// <summary>Creates values from a log.</summary>
    internal LossValues(IReadOnlyList<WeightedLoss> losses, double total, ReadOnlySpan<double> values)
        : this(losses)
    {
        Total = total;
        values.CopyTo(_values);
    }

    /// <summary>The weighted sum of all terms.</summary>
    public double Total { get; private set; }

    /// <summary>The value of a term, without its weight.</summary>
    /// <param name="name">The term's name.</param>
    /// <exception cref="ArgumentException">No term has this name.</exception>
    public double this[string name] => IndexOf(name) is var index && index < _losses.Count
        ? _values[index] : throw new ArgumentException($"There is no loss term '{name}'.", nameof(name));

    /// <summary>Name and value of each term, without its weight, in the task's order.</summary>
    public IEnumerable<(string Name, double Value)> Terms => _losses.Select((loss, i) => (loss.Term.Name, _values[i]));

    /// <summary>The total as "loss", then <see cref="Terms"/>.</summary>
    internal IEnumerable<(string Name, double Value)> All => Terms.Prepend((TotalName, Total));

    /// <summary>Adds the losses of one picture.</summary>
    /// <param name="weighted">The results of <see cref="ILossTerm.Evaluate"/> with the terms' weights, in the task's order; 0 for a term
    /// with weight 0.</param>
    /// <exception cref="ArgumentException">The number of values differs from the number of terms.</exception>
    public void Add(ReadOnlySpan<double> weighted)
    {
        if (weighted.Length != _values.Length)
            throw new ArgumentException($"'weighted' has {weighted.Length} values, there are {_values.Length} terms.", nameof(weighted));
        double total = 0;
        for (int i = 0; i < weighted.Length; i++)
        {
            total += weighted[i];
            _values[i] += _losses[i].Weight > 0 ? weighted[i] / _losses[i].Weight : 0;
        }

        Total += total;
    }

    /// <summary>Adds values of the same losses.</summary>
    internal void Add(LossValues other)
    {
        Total += other.Total;
        for (int i = 0; i < _values.Length; i++)
            _values[i] += other._values[i];
    }

    /// <summary>Divides a sum over <paramref name="count"/> steps by their number.</summary>
    internal LossValues Mean(int count) => new(_losses, Total / count, Array.ConvertAll(_values, value => value / count));

    // Returns the number of terms if none has this name.
    private int IndexOf(string name)
    {
        int index = 0;
        while (index < _losses.Count && _losses[index].Term.Name != name)
            index++;
        return index;
    }
}
