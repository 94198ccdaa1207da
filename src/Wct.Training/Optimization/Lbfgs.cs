using Wct.Kernels;
using Wct.Net.Weights;
using Wct.Training.Losses;

namespace Wct.Training.Optimization;

/// <summary>L-BFGS: a quasi-Newton method that approximates the inverse Hessian by the last steps and changes of the gradient.</summary>
/// <remarks>Nocedal and Wright, "Numerical Optimization", 2006, algorithms 7.4 and 7.5, with <see cref="StrongWolfeSearch"/>. Vectors are
/// single-precision tensors of the picture's shape; inner products are in double precision.</remarks>
internal sealed class Lbfgs : IPixelStepper
{
    private const int History = 10;

    // Without a history, the first length moves the colors by this much (root mean square).
    private const double FirstChange = 0.01;

    // A step and the change of the gradient that are more orthogonal than this are not used.
    private const double SmallestCosine = 1e-7;

    private readonly TrainingBackend _backend;
    private readonly Func<Tensor, Tensor, double> _evaluate;

    // The newest pair is the last one.
    private readonly List<Pair> _pairs = [];
    private readonly Tensor _direction;
    private Tensor _picture, _gradient, _trial, _trialGradient;

    /// <param name="backend">The backend of the tensors.</param>
    /// <param name="evaluate">Computes the loss of its first tensor, and writes the gradient to its second one.</param>
    /// <param name="start">The picture to start from, which is disposed of by this object. Call <see cref="Evaluate"/> or
    /// <see cref="Restore"/> first.</param>
    internal Lbfgs(TrainingBackend backend, Func<Tensor, Tensor, double> evaluate, Tensor start)
    {
        (_backend, _evaluate, _picture) = (backend, evaluate, start);
        (_gradient, _direction) = (backend.Allocate(start.Shape), backend.Allocate(start.Shape));
        (_trial, _trialGradient) = (backend.Allocate(start.Shape), backend.Allocate(start.Shape));
    }

    /// <inheritdoc/>
    public Tensor Picture => _picture;

    /// <inheritdoc/>
    public double Value { get; private set; }

    // The scale of the initial inverse Hessian, equation 7.20.
    private double Gamma => _pairs.Count == 0 ? 1 : _pairs[^1].Product / _backend.Dot(_pairs[^1].Change, _pairs[^1].Change);

    /// <inheritdoc/>
    public void Evaluate() => Value = _evaluate(_picture, _gradient);

    /// <inheritdoc/>
    public bool Step(CancellationToken cancellationToken)
    {
        while (true)
        {
            double scale = -Gamma;
            FindDirection(-scale);
            double slope = scale * _backend.Dot(_gradient, _direction), value = Value, length = 0;
            if (slope < 0 && double.IsFinite(slope))
            {
                StrongWolfeSearch search = new(Value, slope, step =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    _backend.Copy(_picture, _trial);
                    _backend.AddScaled(_direction, (float)(step * scale), _trial);
                    value = _evaluate(_trial, _trialGradient);
                    return (value, scale * _backend.Dot(_trialGradient, _direction));
                });
                length = search.Run(_pairs.Count == 0 ? FirstLength() : 1);
            }

            if (length > 0)
            {
                Remember();
                (_picture, _trial) = (_trial, _picture);
                (_gradient, _trialGradient) = (_trialGradient, _gradient);
                Value = value;
                return true;
            }

            if (_pairs.Count == 0)
                return false;
            Forget();
        }
    }

    /// <inheritdoc/>
    public IEnumerable<NamedTensor> State()
    {
        yield return TensorState.Save(_backend, _picture, "picture");
        yield return TensorState.Save(_backend, _gradient, "gradient");
        for (int i = 0; i < _pairs.Count; i++)
        {
            yield return TensorState.Save(_backend, _pairs[i].Step, $"step{i}");
            yield return TensorState.Save(_backend, _pairs[i].Change, $"change{i}");
        }
    }

    /// <inheritdoc/>
    public void Restore(TensorArchive archive, double value)
    {
        TensorState.Load(_backend, archive, "picture", _picture);
        TensorState.Load(_backend, archive, "gradient", _gradient);
        for (int i = 0; i < History && archive.Find($"step{i}") is not null; i++)
        {
            Pair pair = new(_backend, _picture.Shape);
            _pairs.Add(pair);
            TensorState.Load(_backend, archive, $"step{i}", pair.Step);
            TensorState.Load(_backend, archive, $"change{i}", pair.Change);
            pair.Product = _backend.Dot(pair.Step, pair.Change);
        }

        Value = value;
    }

    public void Dispose()
    {
        Forget();
        foreach (Tensor tensor in (Tensor[])[_picture, _gradient, _trial, _trialGradient, _direction])
            tensor.Dispose();
    }

    private double FirstLength() =>
        FirstChange * Math.Sqrt(_gradient.Shape.Length / _backend.Dot(_gradient, _gradient));

    // Computes H·gradient / gamma, the two loops of algorithm 7.4. Dividing by gamma saves a pass over the vector.
    private void FindDirection(double gamma)
    {
        double[] factors = new double[_pairs.Count];
        _backend.Copy(_gradient, _direction);
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            factors[i] = _backend.Dot(_pairs[i].Step, _direction) / _pairs[i].Product;
            _backend.AddScaled(_pairs[i].Change, (float)-factors[i], _direction);
        }

        for (int i = 0; i < _pairs.Count; i++)
        {
            double factor = gamma * _backend.Dot(_pairs[i].Change, _direction) / _pairs[i].Product;
            _backend.AddScaled(_pairs[i].Step, (float)((factors[i] - factor) / gamma), _direction);
        }
    }

    // Adds the step to the trial picture to the history.
    private void Remember()
    {
        Pair pair = _pairs.Count == History ? _pairs[0] : new Pair(_backend, _picture.Shape);
        _pairs.Remove(pair);
        _backend.Copy(_trial, pair.Step);
        _backend.AddScaled(_picture, -1, pair.Step);
        _backend.Copy(_trialGradient, pair.Change);
        _backend.AddScaled(_gradient, -1, pair.Change);
        pair.Product = _backend.Dot(pair.Step, pair.Change);
        // The search makes the product positive, except for rounding errors, which would spoil the approximation.
        double lengths = Math.Sqrt(_backend.Dot(pair.Step, pair.Step) * _backend.Dot(pair.Change, pair.Change));
        if (pair.Product > SmallestCosine * lengths)
            _pairs.Add(pair);
        else
            pair.Dispose();
    }

    private void Forget()
    {
        _pairs.ForEach(pair => pair.Dispose());
        _pairs.Clear();
    }

    // A step, the change of the gradient, and their inner product.
    private sealed class Pair(TrainingBackend backend, TensorShape shape) : IDisposable
    {
        internal Tensor Step { get; } = backend.Allocate(shape);

        internal Tensor Change { get; } = backend.Allocate(shape);

        internal double Product { get; set; }

        public void Dispose()
        {
            Step.Dispose();
            Change.Dispose();
        }
    }
}
