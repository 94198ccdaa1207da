namespace Wct.Net.Models;

/// <summary>The weights of a network's layers, found by the layers' names.</summary>
public sealed class NetworkWeights
{
    private readonly Dictionary<string, ConvolutionWeights> _convolutions;
    private readonly Dictionary<string, NormalizationWeights> _normalizations;

    /// <summary>Collects weights.</summary>
    /// <param name="convolutions">Those of the convolutions, in any order.</param>
    /// <param name="normalizations">Those of the normalizations, in any order; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="convolutions"/> is null.</exception>
    /// <exception cref="ArgumentException">Two layers have the same name, or one is null.</exception>
    public NetworkWeights(
        IEnumerable<ConvolutionWeights> convolutions, IEnumerable<NormalizationWeights>? normalizations = null)
    {
        ArgumentNullException.ThrowIfNull(convolutions);
        _convolutions = ByName(convolutions, own => own.Name, nameof(convolutions));
        _normalizations = ByName(normalizations ?? [], own => own.Name, nameof(normalizations));
    }

    /// <summary>The weights of the convolutions.</summary>
    public IReadOnlyCollection<ConvolutionWeights> Convolutions => _convolutions.Values;

    /// <summary>The weights of the normalizations.</summary>
    public IReadOnlyCollection<NormalizationWeights> Normalizations => _normalizations.Values;

    /// <summary>Number of weights, including biases.</summary>
    public long Parameters => _convolutions.Values.Sum(own => own.Parameters) + _normalizations.Values.Sum(own => own.Parameters);

    /// <summary>The weights of a convolution.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public ConvolutionWeights Convolution(string layer) => _convolutions.TryGetValue(layer, out ConvolutionWeights? own)
        ? own
        : throw new ArgumentException($"The convolution '{layer}' has no weights.", nameof(layer));

    /// <summary>The weights of a normalization.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public NormalizationWeights Normalization(string layer) => _normalizations.TryGetValue(layer, out NormalizationWeights? own)
        ? own
        : throw new ArgumentException($"The normalization '{layer}' has no weights.", nameof(layer));

    private static Dictionary<string, T> ByName<T>(IEnumerable<T> weights, Func<T, string> name, string parameter)
        where T : class
    {
        Dictionary<string, T> found = [];
        foreach (T own in weights)
        {
            if (own is null)
                throw new ArgumentException("The weights of a layer are null.", parameter);
            if (!found.TryAdd(name(own), own))
                throw new ArgumentException($"Two layers with weights are called '{name(own)}'.", parameter);
        }

        return found;
    }
}
