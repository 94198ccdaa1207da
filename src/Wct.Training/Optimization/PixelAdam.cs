using Wct.Kernels;
using Wct.Net.Weights;

namespace Wct.Training.Optimization;

/// <summary>Adam on the pixels of one picture.</summary>
internal sealed class PixelAdam : IPixelStepper
{
    private readonly TrainingBackend _backend;
    private readonly Func<Tensor, Tensor, double> _evaluate;
    private readonly double _rate;
    private readonly Tensor _gradient;
    private readonly float[] _values, _gradients, _mean, _square;
    private long _step;

    /// <param name="backend">The backend of the tensors.</param>
    /// <param name="evaluate">Computes the loss of its first tensor, and writes the gradient to its second one.</param>
    /// <param name="start">The picture to start from, which is disposed of by this object. Call <see cref="Evaluate"/> or
    /// <see cref="Restore"/> first.</param>
    /// <param name="rate">The learning rate.</param>
    internal PixelAdam(TrainingBackend backend, Func<Tensor, Tensor, double> evaluate, Tensor start, double rate)
    {
        (_backend, _evaluate, Picture, _rate) = (backend, evaluate, start, rate);
        _gradient = backend.Allocate(start.Shape);
        _values = new float[start.Shape.Length];
        (_gradients, _mean, _square) = (new float[_values.Length], new float[_values.Length], new float[_values.Length]);
        backend.Read(start, _values);
    }

    /// <inheritdoc/>
    public Tensor Picture { get; }

    /// <inheritdoc/>
    public double Value { get; private set; }

    /// <inheritdoc/>
    public void Evaluate()
    {
        Value = _evaluate(Picture, _gradient);
        _backend.Read(_gradient, _gradients);
    }

    /// <inheritdoc/>
    public bool Step(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _backend.Adam(_values, _gradients, _mean, _square, new AdamStep(++_step, _rate));
        _backend.Write(_values, Picture);
        Evaluate();
        return true;
    }

    /// <inheritdoc/>
    public IEnumerable<NamedTensor> State()
    {
        NamedTensor Numbers(string name, float[] values) => new(name, [values.Length], ElementType.F32, values);
        // A single has every integer up to 2^24, more than a run has steps.
        return [Numbers("picture", _values), Numbers("gradient", _gradients), Numbers("mean", _mean), Numbers("square", _square),
            Numbers("adam_step", [_step])];
    }

    /// <inheritdoc/>
    public void Restore(TensorArchive archive, double value)
    {
        foreach ((string name, float[] values) in (IEnumerable<(string, float[])>)
            [("picture", _values), ("gradient", _gradients), ("mean", _mean), ("square", _square)])
            TensorState.Load(archive, name, values.Length).CopyTo(values, 0);
        _step = (long)TensorState.Load(archive, "adam_step", 1)[0];
        _backend.Write(_values, Picture);
        Value = value;
    }

    public void Dispose()
    {
        Picture.Dispose();
        _gradient.Dispose();
    }
}
