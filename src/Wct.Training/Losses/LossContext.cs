using Wct.Kernels;

namespace Wct.Training.Losses;

/// <summary>The data of one picture for loss terms: the network's outputs and their targets at each tap. It collects the
/// gradients.</summary>
/// <remarks>It is not thread-safe. <see cref="Dispose"/> frees the gradients. The caller disposes of outputs and targets.</remarks>
/// <param name="targets">The targets.</param>
/// <param name="outputs">The network's outputs by tap.</param>
public sealed class LossContext(LossTargets targets, IReadOnlyDictionary<string, Tensor> outputs) : IDisposable
{
    private readonly Dictionary<string, Tensor> _gradients = [];
    private Dictionary<ILossTerm, IDisposable>? _provided;

    /// <summary>The backend of all tensors.</summary>
    public TrainingBackend Backend => targets.Backend;

    /// <summary>Gradients of the parameters that a term itself trains, such as an adapter's weights; as long as the parameter
    /// set.</summary>
    internal Memory<float> ParameterGradients { get; init; }

    /// <summary>The number of the style, for terms with several.</summary>
    internal int Style { get; init; }

    /// <summary>The share of the style's gradient that counts, in 0..1.</summary>
    internal double StyleShare { get; init; } = 1;

    /// <summary>What <see cref="IPreparedLossTerm.Prepare"/> returned, by term.</summary>
    internal IReadOnlyDictionary<ILossTerm, IDisposable>? PreparedTargets { get; init; }

    /// <summary>The network's output at a tap: [C, h, w]; read-only.</summary>
    /// <param name="tap">The name of the tap.</param>
    /// <exception cref="ArgumentException">There is no output at this tap.</exception>
    public Tensor Output(string tap) => LossTargets.Find(outputs, tap, "output");

    /// <summary>The target of the output at a tap: [C, h, w]; read-only.</summary>
    /// <param name="tap">The name of the tap.</param>
    /// <exception cref="ArgumentException">There is no target at this tap.</exception>
    public Tensor Target(string tap) => targets[tap];

    /// <summary>The targets that a term prepared; read-only.</summary>
    /// <typeparam name="T">The type that the term's <see cref="IPreparedLossTerm.Prepare"/> returned.</typeparam>
    /// <param name="term">The term.</param>
    /// <exception cref="InvalidOperationException">The run doesn't prepare terms.</exception>
    public T Prepared<T>(IPreparedLossTerm term)
        where T : IDisposable
    {
        ArgumentNullException.ThrowIfNull(term);
        if (_provided is not null && _provided.TryGetValue(term, out IDisposable? targets))
            return (T)targets;
        return PreparedTargets is not null && PreparedTargets.TryGetValue(term, out targets) ? (T)targets
            : throw new InvalidOperationException($"The loss term '{term.Name}' has targets of its own, which this run doesn't prepare.");
    }

    /// <summary>Provides the targets of a term that another one wraps.</summary>
    internal void Provide(IPreparedLossTerm term, IDisposable targets) => (_provided ??= [])[term] = targets;

    /// <summary>Adds a gradient of the loss with respect to the output at a tap.</summary>
    /// <param name="tap">The name of the tap.</param>
    /// <param name="gradient">[C, h, w], with the output's shape. The context takes ownership and disposes of it.</param>
    /// <exception cref="ArgumentException">There is no output at this tap, or it has another shape.</exception>
    public void AddGradient(string tap, Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        TensorShape needed = Output(tap).Shape;
        if (gradient.Shape != needed)
            throw new ArgumentException($"'gradient' is {gradient.Shape}, the output at '{tap}' is {needed}.", nameof(gradient));
        // The first gradient becomes the sum. Adding it to zeros would take time, and would turn -0 into 0.
        if (_gradients.TryAdd(tap, gradient))
            return;
        using (gradient)
            Backend.AddScaled(gradient, 1, _gradients[tap]);
    }

    /// <summary>Returns the current sum of the gradients at a tap, for operations that add to a gradient in place. It is zero before the
    /// first gradient.</summary>
    /// <param name="tap">The name of the tap.</param>
    /// <returns>[C, h, w]; the context disposes of it.</returns>
    /// <exception cref="ArgumentException">There is no output at this tap.</exception>
    public Tensor Gradient(string tap)
    {
        if (_gradients.TryGetValue(tap, out Tensor? gradient))
            return gradient;
        gradient = Backend.Allocate(Output(tap).Shape);
        Backend.Write(new float[gradient.Shape.Length], gradient);
        _gradients.Add(tap, gradient);
        return gradient;
    }

    /// <summary>Removes and returns the gradient at a tap; null if no term added one. The caller disposes of it.</summary>
    internal Tensor? TakeGradient(string tap) => _gradients.Remove(tap, out Tensor? gradient) ? gradient : null;

    /// <summary>Removes and returns the gradients at all taps of a network. The keys are the convolutions before the taps. The caller
    /// disposes of the gradients.</summary>
    internal Dictionary<string, Tensor> TakeFeatureGradients()
    {
        string[] taps = [.. _gradients.Keys.Where(tap => tap != LossTap.Picture)];
        return taps.ToDictionary(LossTap.ConvolutionOf, tap => TakeGradient(tap)!);
    }

    /// <summary>Frees the gradients.</summary>
    public void Dispose()
    {
        foreach (Tensor gradient in _gradients.Values)
            gradient.Dispose();
        _gradients.Clear();
    }
}
