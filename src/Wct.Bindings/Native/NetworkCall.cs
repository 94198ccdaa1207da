using System.Runtime.InteropServices;

namespace Wct.Bindings.Native;

/// <summary>A call with wct_network_options.</summary>
internal sealed class NetworkCall : Call
{
    private readonly Pin _weights;

    /// <exception cref="ArgumentException">An option has a value that the library's struct can't say.</exception>
    /// <exception cref="OperationCanceledException">The call was canceled before it began.</exception>
    internal NetworkCall(StyleNetworkOptions? options, IProgress<double>? progress, CancellationToken cancellation)
        : base(progress is null ? null : new Fractions(progress), cancellation)
    {
        options ??= new StyleNetworkOptions();
        byte[]? weights = null;
        if (options.StyleWeights is { } given)
        {
            if (given.Count == 0)
                throw new ArgumentException("There are no style weights.", nameof(options));
            weights = new byte[given.Count * sizeof(double)];
            Buffer.BlockCopy(given.ToArray(), 0, weights, 0, weights.Length);
        }

        _weights = new Pin(weights);
        Options = new NativeNetworkOptions
        {
            Size = (uint)Marshal.SizeOf<NativeNetworkOptions>(),
            StyleWeights = _weights.Address,
            StyleCount = (UIntPtr)(uint)(options.StyleWeights?.Count ?? 0),
            Seed = options.Seed,
            NoiseScale = options.NoiseScale,
            MaxMemory = Memory(options.MaxMemory),
            Progress = Progress,
        };
    }

    /// <summary>The options for the library.</summary>
    internal NativeNetworkOptions Options { get; }

    /// <inheritdoc/>
    public override void Dispose() => _weights.Dispose();

    /// <summary>Reports shares of the work, without levels.</summary>
    private sealed class Fractions(IProgress<double> progress) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value) => progress.Report(value.Fraction);
    }
}
