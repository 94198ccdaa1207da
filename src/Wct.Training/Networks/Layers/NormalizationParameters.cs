using Wct.Net.Models;

namespace Wct.Training.Networks.Layers;

/// <summary>Scale and shift of a normalization, which are frozen, or trained in a parameter set.</summary>
internal sealed class NormalizationParameters
{
    private readonly NormalizationWeights _start;
    private readonly ParameterSet? _parameters;
    private readonly Range _scale, _shift;

    internal NormalizationParameters(Layer layer, TrainedLayerSetup setup)
    {
        _start = setup.Weights.Normalization(layer.Name);
        _parameters = setup.ParametersOf(layer);
        string name = setup.Prefix + layer.Name;
        if (_parameters is not null)
            (_scale, _shift) = (_parameters.Part($"{name}.scale"), _parameters.Part($"{name}.shift"));
    }

    internal bool IsTrained => _parameters is not null;

    /// <summary>The current weights.</summary>
    internal NormalizationWeights Current => _parameters is null ? _start : new NormalizationWeights(
        _start.Name, _start.Styles, _start.Channels, _parameters.Values.Span[_scale].ToArray(), _parameters.Values.Span[_shift].ToArray(),
        _start.BatchConstants);

    /// <summary>Adds gradients of the mixed scale and shift to those of the styles.</summary>
    /// <param name="styles">The weight of each style.</param>
    /// <param name="scale">[Channels].</param>
    /// <param name="shift">[Channels].</param>
    /// <param name="gradients">As long as the parameter set.</param>
    internal void Add(IReadOnlyList<double> styles, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Memory<float> gradients)
    {
        if (_parameters is null)
            return;
        Span<float> scales = gradients.Span[_scale], shifts = gradients.Span[_shift];
        for (int s = 0; s < _start.Styles; s++)
        {
            // A layer without styles of its own is the same in each mixture.
            double weight = _start.Styles == 1 ? 1 : styles[s];
            for (int c = 0; c < scale.Length; c++)
            {
                scales[s * scale.Length + c] += (float)(weight * scale[c]);
                shifts[s * scale.Length + c] += (float)(weight * shift[c]);
            }
        }
    }
}
