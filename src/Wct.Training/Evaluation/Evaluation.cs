using Wct.Imaging;
using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Training.Data;

namespace Wct.Training.Evaluation;

/// <summary>Judges a model: what its decoders give back, and what its stylized pictures look like to another encoder.</summary>
public sealed class Evaluation : IDisposable
{
    // Sides that all levels' poolings divide.
    private const int Grain = 16;

    private readonly CpuBackend _backend;
    private readonly EvaluationOptions _options;
    private readonly WctModel _model;
    private readonly JudgingEncoder _judge;

    /// <summary>Prepares the networks.</summary>
    /// <param name="judge">The encoder that looks at stylized pictures; the same one for all models that are compared.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option beyond its range.</exception>
    public Evaluation(WctModel model, EncoderWeights judge, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(judge);
        (_model, _options) = (model, options ?? new EvaluationOptions());
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Side, Grain, nameof(options));
        if (!(_options.Strength is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(options), $"The strength is {_options.Strength}, it must be in 0..1.");
        if (_options.Pairs is { } pairs)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pairs, nameof(options));
        _backend = CpuBackend.Create(new CpuBackendOptions { Threads = _options.Threads });
        _judge = new JudgingEncoder(_backend, judge);
    }

    /// <summary>Reads the pictures and judges the model.</summary>
    /// <param name="contents">Photos' files, to be given back and to be stylized.</param>
    /// <param name="styles">Paintings' files.</param>
    /// <param name="damage">Told what is wrong with pictures that are used although their files are damaged: the path and the problem,
    /// once. Null: nobody is told.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ArgumentException">No content, or no style.</exception>
    /// <exception cref="ImageFormatException">A picture can't be read.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    public EvaluationReport Run(
        IReadOnlyList<string> contents, IReadOnlyList<string> styles, Action<string>? damage = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(contents);
        ArgumentNullException.ThrowIfNull(styles);
        if (contents.Count == 0 || styles.Count == 0)
            throw new ArgumentException($"There are {contents.Count} contents and {styles.Count} styles; at least one of each is needed.");
        // Every level reads the pictures.
        Action<string>? once = damage is null ? null : OncePerText.Of(damage);
        LevelQuality[] levels = [.. _model.Levels.Select(level => Reconstruct(level, contents, once, cancellation))];
        int pairs = _options.Pairs ?? styles.Count;
        return new EvaluationReport(contents.Count, pairs, levels, Stylize(contents, styles, pairs, once, cancellation));
    }

    /// <summary>Frees threads and memory.</summary>
    public void Dispose()
    {
        _judge.Dispose();
        _backend.Dispose();
    }

    private LevelQuality Reconstruct(LevelModel level, IReadOnlyList<string> contents, Action<string>? damage, CancellationToken cancellation)
    {
        using Encoder encoder = new(_backend, level.Encoder);
        using Decoder decoder = new(_backend, level.Decoder);
        double psnr = 0, ssim = 0;
        foreach (string path in contents)
        {
            cancellation.ThrowIfCancellationRequested();
            PixelImage original = Read(path, damage), result = new(original.Width, original.Height, PixelLayout.Rgb24);
            using Tensor picture = Crop.Load(_backend, original), features = encoder.Run(picture, [level.Level])[0];
            using Tensor decoded = decoder.Run(features, clamp: true);
            _backend.StorePixels(decoded, result.Bytes, result.Width, result.Height, result.Stride, PixelLayout.Rgb24);
            psnr += PictureQuality.Psnr(original, result) / contents.Count;
            ssim += PictureQuality.Ssim(original, result) / contents.Count;
        }

        return new LevelQuality(level.Level, psnr, ssim);
    }

    private TapDistance[] Stylize(
        IReadOnlyList<string> contents, IReadOnlyList<string> styles, int pairs, Action<string>? damage, CancellationToken cancellation)
    {
        using StyleTransfer transfer = new(_model, new LoadOptions { Threads = _options.Threads });
        TapDistance[] sums = [.. Enumerable.Range(1, _judge.Deepest).Select(level => new TapDistance(level, 0, 0))];
        for (int pair = 0; pair < pairs; pair++)
        {
            cancellation.ThrowIfCancellationRequested();
            PixelImage content = Read(contents[pair % contents.Count], damage), style = Read(styles[pair % styles.Count], damage);
            PixelImage stylized = transfer.Stylize(
                content, style, new StylizeOptions { Strength = _options.Strength }, cancellation: cancellation);
            TapDistance[] distances = _judge.Distances(stylized, content, style);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] = new TapDistance(
                    sums[i].Level, sums[i].LogCovariance + distances[i].LogCovariance / pairs, sums[i].Content + distances[i].Content / pairs);
            }
        }

        return sums;
    }

    private PixelImage Read(string path, Action<string>? damage) => Crop.Middle(Crop.Read(path, _options.Side, damage), _options.Side, Grain);
}
