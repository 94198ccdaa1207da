using Wct.Kernels;

namespace Wct.Net.Pipeline;

/// <summary>A layer that is prepared for a backend, together with the layers that are fused with it.</summary>
/// <param name="channels">Channels of its output.</param>
internal abstract class Operation(int channels)
{
    /// <summary>Channels of its output.</summary>
    internal int Channels => channels;

    /// <summary>Whether it first enlarges its input by two.</summary>
    internal virtual bool Enlarges => false;

    /// <summary>Whether it last reduces its output by two.</summary>
    internal virtual bool Shrinks => false;

    /// <summary>Number of pixels in each direction beyond its own that an output depends on, on the grid between <see cref="Enlarges"/>
    /// and <see cref="Shrinks"/>.</summary>
    internal virtual int Reach => 0;

    /// <summary>Why it can't run in tiles: "normalizes over the whole picture"; null if it can.</summary>
    internal virtual string? WholeOnly => null;

    /// <summary>Whether a backend can record it and replay it without the host.</summary>
    internal virtual bool IsReplayable => true;

    /// <summary>Whether the output may be its first input, which is then overwritten.</summary>
    internal virtual bool CanOverwrite => false;

    /// <summary>The length of a side after <see cref="Shrinks"/>.</summary>
    internal virtual int Shrunk(int length) => Math.Max(1, length / 2);

    /// <summary>The shape of the output.</summary>
    /// <param name="inputs">The shapes of the inputs.</param>
    /// <exception cref="ArgumentException">The shapes don't fit together.</exception>
    internal abstract TensorShape Output(IReadOnlyList<TensorShape> inputs);

    /// <summary>Number of additions and multiplications.</summary>
    /// <param name="inputs">The shapes of the inputs.</param>
    internal virtual double Work(IReadOnlyList<TensorShape> inputs) => 0;

    /// <summary>Bytes of the packed weights.</summary>
    internal virtual long WeightBytes(Backend backend) => 0;

    /// <summary>Scratch memory of the backend while it runs, in bytes.</summary>
    /// <param name="backend">The backend that runs it.</param>
    /// <param name="inputs">The shapes of the inputs.</param>
    internal virtual long ScratchBytes(Backend backend, IReadOnlyList<TensorShape> inputs) => 0;

    /// <summary>Runs it.</summary>
    /// <param name="backend">The backend that computes.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="run">What the run changes.</param>
    /// <param name="output">Has the shape that <see cref="Output"/> returns.</param>
    internal abstract void Run(Backend backend, IReadOnlyList<Tensor> inputs, in StepRun run, Tensor output);

    /// <summary>The same operation, with another layer fused with it.</summary>
    /// <param name="fusion">One that the layer accepts.</param>
    internal virtual Operation With(Fusion fusion) => throw new NotSupportedException($"{GetType().Name} accepts no {fusion}.");

    /// <summary>Frees the packed weights. They are packed again when next used.</summary>
    internal virtual void Drop()
    {
    }
}
