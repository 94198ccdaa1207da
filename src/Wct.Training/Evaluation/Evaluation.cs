using Wct.Imaging;
using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Training.Data;

namespace Wct.Training.Evaluation;

/// <summary>Evaluates a model: how well its decoders reconstruct pictures, and how close stylized pictures are to content and
/// style.</summary>
public sealed class Evaluation : IDisposable
{
    // Sides are multiples of this, so that all poolings divide them without a remainder.
    private const int Grain = 16;

    private readonly CpuBackend _backend;
    private readonly EvaluationOptions _options;
    private readonly WctModel _model;
    private readonly JudgingEncoder _judge;

    /// <summary>Prepares the networks.</summary>
    /// <param name="model">The model to evaluate.</param>
    /// <param name="judge">The encoder whose features are compared. Use the same one for all models that you compare.</param>
    /// <param name="options">Sizes and numbers of pictures; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public Evaluation(WctModel model, EncoderWeights judge, EvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(judge);
        (_model, _options) = (model, options ?? new EvaluationOptions());
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Side, Grain, nameof(options));
        if (!(_options.Strength is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(options), FormattableString.Invariant($"The strength is {_options.Strength}, it must be in 0..1."));
        if (_options.Pairs is { } pairs)
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pairs, nameof(options));
        _backend = CpuBackend.Create(new CpuBackendOptions { Threads = _options.Threads });
        _judge = new JudgingEncoder(_backend, judge);
    }

    /// <summary>Reads the pictures and evaluates the model.</summary>
    /// <param name="contents">Paths of photos, to reconstruct and to stylize.</param>
    /// <param name="styles">Paths of paintings.</param>
    /// <param name="damage">Called once for each problem of a damaged picture that is used nevertheless, with path and problem. May
    /// be null.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <returns>Means over the pictures.</returns>
    /// <exception cref="ArgumentException">There is no content or no style.</exception>
    /// <exception cref="ImageFormatException">A picture can't be read.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public EvaluationReport Run(
        IReadOnlyList<string> contents, IReadOnlyList<string> styles, Action<string>? damage = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(contents);
        ArgumentNullException.ThrowIfNull(styles);
        if (contents.Count == 0 || styles.Count == 0)
            throw new ArgumentException($"There are {contents.Count} contents and {styles.Count} styles; at least one of each is needed.");
        // Every level reads the pictures again, but each problem is reported once.
        Action<string>? once = damage is null ? null : OncePerText.Of(damage);
        LevelQuality[] levels = [.. _model.Levels.Select(level => Reconstruct(level, contents, once, cancellationToken))];
        int pairs = _options.Pairs ?? styles.Count;
        return new EvaluationReport(contents.Count, pairs, levels, Stylize(contents, styles, pairs, once, cancellationToken));
    }

    /// <summary>Frees threads and memory.</summary>
    public void Dispose()
    {
        _judge.Dispose();
        _backend.Dispose();
    }

    private LevelQuality Reconstruct(
        LevelModel level, IReadOnlyList<string> contents, Action<string>? damage, CancellationToken cancellationToken)
    {
        using Encoder encoder = new(_backend, level.Encoder);
        using Decoder decoder = new(_backend, level.Decoder);
        double psnr = 0, ssim = 0;
        foreach (string path in contents)
        {
            cancellationToken.ThrowIfCancellationRequested();
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
        IReadOnlyList<string> contents, IReadOnlyList<string> styles, int pairs, Action<string>? damage,
        CancellationToken cancellationToken)
    {
        using StyleTransfer transfer = new(_model, new LoadOptions { Threads = _options.Threads });
        TapDistance[] sums = [.. Enumerable.Range(1, _judge.Deepest).Select(level => new TapDistance(level, 0, 0))];
        for (int pair = 0; pair < pairs; pair++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PixelImage content = Read(contents[pair % contents.Count], damage), style = Read(styles[pair % styles.Count], damage);
            PixelImage stylized = transfer.Stylize(
                content, style, new StylizeOptions { Strength = _options.Strength }, cancellationToken: cancellationToken);
            TapDistance[] distances = _judge.Distances(stylized, content, style);
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] = new TapDistance(
                    sums[i].Level, sums[i].LogCovariance + distances[i].LogCovariance / pairs,
                    sums[i].Content + distances[i].Content / pairs);
            }
        }

        return sums;
    }

    private PixelImage Read(string path, Action<string>? damage) =>
        Crop.Middle(Crop.Read(path, _options.Side, damage), _options.Side, Grain);
}
