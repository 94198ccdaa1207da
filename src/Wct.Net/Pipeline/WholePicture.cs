using Wct.Kernels;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;

namespace Wct.Net.Pipeline;

/// <summary>A picture that fits into memory as a tensor in single precision. The encoder's features are used without copying.</summary>
/// <param name="run">The run whose networks and backend are used.</param>
/// <param name="image">[3, H, W], sides multiples of 16; disposed of with this object.</param>
/// <param name="measured">The levels at which the picture is measured; an encoder that several levels share then runs once. Null if each
/// level replaces the picture.</param>
internal sealed class WholePicture(CascadeRun run, Tensor image, PicturePlan? measured = null) : ILevelPicture, IDisposable
{
    // Features of later levels.
    private readonly Dictionary<int, Tensor> _waiting = [];
    private Tensor _image = image;
    private Tensor? _features;
    private int _level;

    /// <summary>The picture after the last level, [3, H, W], 0..1. This object keeps owning it.</summary>
    /// <exception cref="InvalidDataException">A pixel isn't finite.</exception>
    internal Tensor Result
    {
        get
        {
            // After the other levels, the next level's moments show pixels that aren't finite.
            FeatureMoments.CheckPicture(run.Backend, _image);
            return _image;
        }
    }

    /// <inheritdoc/>
    public void Begin(LevelPlan plan) => _level = plan.Tiles.Level;

    /// <inheritdoc/>
    public void Measure(LevelMoments moments)
    {
        _features = _waiting.Remove(_level, out Tensor? features) ? features : Encode();
        moments.Add(_features, Region.Of(_features.Shape), Area.Of(_features.Shape));
    }

    /// <inheritdoc/>
    public void Replace(LevelMap map)
    {
        _features = map.Apply(_features!, Area.Of(_features!.Shape), workspace: null, run.CancellationToken);
        Tensor next = run.Cascade.DecoderOf(_level).Run(_features, clamp: true, map.First, run.Meter.Add, run.CancellationToken);
        End();
        _image.Dispose();
        _image = next;
    }

    /// <inheritdoc/>
    public Tensor Rows(int first, int count) => TensorRows.Of(run.Backend, _image, first, count);

    /// <inheritdoc/>
    public void End()
    {
        _features?.Dispose();
        _features = null;
    }

    /// <summary>Frees nothing: networks stay packed for the next picture.</summary>
    public void Trim()
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        foreach (Tensor features in _waiting.Values)
            features.Dispose();
        _image.Dispose();
    }

    private Tensor Encode()
    {
        Encoder encoder = run.Cascade.EncoderOf(_level);
        int[] levels = measured is null
            ? [_level]
            : [.. measured.Levels.Select(plan => plan.Tiles.Level).Where(level => run.Cascade.EncoderOf(level) == encoder).Order()];
        Tensor[] features = encoder.Run(_image, levels, run.Meter.Add, run.CancellationToken);
        for (int i = 0; i < levels.Length; i++)
            _waiting[levels[i]] = features[i];
        _ = _waiting.Remove(_level, out Tensor? own);
        return own!;
    }
}
