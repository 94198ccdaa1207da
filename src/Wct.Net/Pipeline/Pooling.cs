using Wct.Kernels;

namespace Wct.Net.Pipeline;

/// <summary>A pooling of 2x2 with stride 2.</summary>
/// <param name="channels">Channels of input and output.</param>
/// <param name="pool">The backend's pooling.</param>
internal sealed class Pooling(int channels, Action<Backend, Tensor, Tensor> pool) : Operation(channels)
{
    internal override bool Shrinks => true;

    internal override TensorShape Output(IReadOnlyList<TensorShape> inputs) => inputs[0].Pooled;

    internal override void Run(Backend backend, IReadOnlyList<Tensor> inputs, in StepRun run, Tensor output) =>
        pool(backend, inputs[0], output);
}
