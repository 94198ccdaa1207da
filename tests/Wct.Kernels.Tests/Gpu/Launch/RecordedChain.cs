using Wct.Kernels.Gpu;
using Wct.Kernels.Tests.Contract;
using Wct.PtxInterpreter;

namespace Wct.Kernels.Tests.Gpu.Launch;

/// <summary>Two layers with a smaller map between, on a device that interprets PTX and records launches.</summary>
internal sealed class RecordedChain : IDisposable
{
    internal static readonly TensorShape Small = new(8, 6, 8), Large = new(8, 20, 22);

    private static readonly ConvolutionShape Layer = new(8, 8, 3);

    internal RecordedChain()
    {
        Gpu = new GpuBackend(InterpretedQueue.Device, Queue, threads: 1, ConvolutionPrecision.Single);
        (First, Second) = (PackConvolution(1), PackConvolution(2));
    }

    internal InterpretedQueue Queue { get; } = new();

    internal GpuBackend Gpu { get; }

    internal Convolution First { get; set; }

    internal Convolution Second { get; }

    internal Convolution PackConvolution(int seed) =>
        Gpu.PackConvolution(Layer, Samples.Numbers(Layer.WeightsLength, seed), Samples.Numbers(8, seed + 10));

    /// <summary>Runs the operations without collecting. Afterwards all modules are loaded and all memory is allocated.</summary>
    internal float[] RunPlainly(int seed, TensorShape shape) => Run(seed, shape, operations => operations(), () => { });

    /// <summary>Runs the operations inside <see cref="Backend.RunReplayable"/>: two launches.</summary>
    /// <param name="between">Called between the layers.</param>
    internal float[] Run(int seed, TensorShape shape, Action? between = null) =>
        Run(seed, shape, Gpu.RunReplayable, between ?? (() => { }));

    /// <summary>The launches and replays of a run. Writing the input and reading the output are launches too.</summary>
    internal (int Launches, int Replays) Counts(Action run)
    {
        (int launches, int replays) = (Queue.Launches, Queue.Replays);
        run();
        return (Queue.Launches - launches, Queue.Replays - replays);
    }

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
        Gpu.Dispose();
    }

    private float[] Run(int seed, TensorShape shape, Action<Action> perform, Action between)
    {
        using Tensor input = Gpu.Tensor(shape, Samples.Numbers(shape.Length, seed));
        Tensor? output = null;
        try
        {
            perform(() =>
            {
                using Tensor middle = Gpu.Allocate(shape.Pooled);
                Gpu.Convolve(input, First, Activation.Relu, middle, Fusion.PoolOutput);
                between();
                output = Gpu.Allocate(shape);
                Gpu.Convolve(middle, Second, Activation.None, output, Fusion.UpsampleInput);
            });
            return Gpu.Numbers(output!);
        }
        finally
        {
            output?.Dispose();
        }
    }
}
