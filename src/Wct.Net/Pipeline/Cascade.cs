using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;
using Wct.Net.Models;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net.Pipeline;

/// <summary>The levels one after the other: each one's picture is the next one's content.</summary>
/// <remarks>Networks are packed for the backend when a level is first used. Safe for use by several threads.</remarks>
internal sealed partial class Cascade(Backend backend, WctModel model, IEigensolver? eigensolver = null) : IDisposable
{
    /// <summary>For eigenproblems of the host; null for the default.</summary>
    internal IEigensolver? Eigensolver => eigensolver;

    /// <summary>Measures a style at some levels; an encoder that several of them share runs once.</summary>
    /// <param name="image">[3, H, W], RGB, 0..1.</param>
    /// <param name="visibility">Null where all pixels count.</param>
    internal Dictionary<int, StyleStatistics> Measure(
        Tensor image, IEnumerable<int> levels, WorkMeter meter, CancellationToken cancellation, Visibility? visibility = null)
    {
        Dictionary<int, StyleStatistics> statistics = [];
        meter.Now = (0, StylizeStage.Style);
        foreach (IGrouping<EncoderWeights, int> group in levels.Distinct().Order().GroupBy(level => Level(level).Encoder))
        {
            int[] taps = [.. group];
            Tensor[] features = EncoderOf(taps[0]).Run(image, taps, meter.Add, cancellation);
            try
            {
                for (int i = 0; i < taps.Length; i++)
                {
                    statistics[taps[i]] = visibility is null
                        ? StyleStatistics.Of(taps[i], backend, features[i], eigensolver)
                        : StyleStatistics.Of(taps[i], VisibleMoments.Of(backend, visibility, taps[i], features[i]), eigensolver);
                }
            }
            finally
            {
                Array.ForEach(features, tensor => tensor.Dispose());
            }
        }

        return statistics;
    }

    /// <summary>Operations that <see cref="Measure"/> counts.</summary>
    internal double MeasureOperations(TensorShape image, IEnumerable<int> levels) =>
        levels.GroupBy(level => Level(level).Encoder).Sum(group => EncoderOf(group.First()).Operations(image, group.Max()));

    /// <summary>Runs the levels.</summary>
    /// <param name="image">[3, H, W], sides multiples of 16; disposed of.</param>
    /// <param name="visibility">Null where all pixels count.</param>
    /// <returns>[3, H, W], 0..1; the caller disposes of it.</returns>
    /// <exception cref="InvalidDataException">Features overflow.</exception>
    internal Tensor Run(
        Tensor image, IReadOnlyList<int> levels, IReadOnlyDictionary<int, StyleStatistics> style, double strength, WorkMeter meter,
        CancellationToken cancellation, Visibility? visibility = null)
    {
        foreach (int level in levels)
        {
            Tensor content = image;
            using (content)
                image = RunLevel(content, level, style[level], strength, meter, cancellation, visibility);
        }

        try
        {
            // A level's encoder would find out what the one before spoiled; nobody looks at the last one's picture.
            FeatureMoments.CheckPicture(backend, image);
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    /// <summary>Operations that <see cref="Run"/> counts.</summary>
    internal double RunOperations(TensorShape image, IEnumerable<int> levels) =>
        levels.Sum(level => EncoderOf(level).Operations(image, level) + DecoderOf(level).Operations(image));

    private Tensor RunLevel(
        Tensor image, int level, StyleStatistics style, double strength, WorkMeter meter, CancellationToken cancellation,
        Visibility? visibility)
    {
        meter.Now = (level, StylizeStage.Encode);
        Decoder decoder = DecoderOf(level);
        Tensor features = EncoderOf(level).Run(image, [level], meter.Add, cancellation)[0];
        try
        {
            meter.Now = (level, StylizeStage.Transform);
            meter.Add(0);
            ConvolutionWeights? into = decoder.Folds(features.Shape.Pixels);
            using Convolution map = visibility is null
                ? WhiteningColoring.Prepare(backend, features, style, strength, into, eigensolver)
                : WhiteningColoring.Of(VisibleMoments.Of(backend, visibility, level, features), style, strength, backend, eigensolver).Prepare(backend, into);
            if (into is null)
                features = Replace(features, map);
            meter.Now = (level, StylizeStage.Decode);
            return decoder.Run(features, clamp: true, into is null ? null : map, meter.Add, cancellation);
        }
        finally
        {
            features.Dispose();
        }
    }

    private Tensor Replace(Tensor features, Convolution map)
    {
        Tensor transformed = backend.Allocate(features.Shape);
        try
        {
            backend.Convolve(features, map, Activation.None, transformed);
        }
        catch
        {
            transformed.Dispose();
            throw;
        }

        features.Dispose();
        return transformed;
    }
}
