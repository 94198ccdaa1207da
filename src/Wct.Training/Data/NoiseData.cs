namespace Wct.Training.Data;

/// <summary>Noise as training data, for networks that make textures: each sample is uniform in 0..1.</summary>
public sealed class NoiseData : TrainingData
{
    internal override string Description => "noise";

    /// <inheritdoc/>
    public override string Summary => Description;

    internal override ICrops Open(CropOptions options, long first, int ahead, Action<string> warning, Action<string> damage) =>
        new Stream(options, first);

    // Training counts from 0, so these are other noise.
    internal override IEnumerable<PixelImage> Samples(int count, int side, int grain, Action<string> damage) =>
        Enumerable.Range(1, count).Select(index => Noise(Math.Max(grain, side / grain * grain), 0, -index));

    private static PixelImage Noise(int side, long seed, long index)
    {
        PixelImage noise = new(side, side, PixelLayout.Rgb24);
        RandomOrder.For(seed, index).NextBytes(noise.Bytes);
        return noise;
    }

    private sealed class Stream(CropOptions options, long first) : ICrops
    {
        private long _next = first;

        public PixelImage Next(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Noise(options.Crop, options.Seed, _next++);
        }

        public void Dispose()
        {
        }
    }
}
