using System.Collections.Concurrent;
using Wct.Kernels;
using Wct.Kernels.LinearAlgebra;
using Wct.Net.Models;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

/// <summary>The networks of all levels. Their weights are packed for the backend when a level is first used. Safe for use by several
/// threads.</summary>
/// <remarks>Several runs share the networks. <see cref="CascadeRun"/> is one run.</remarks>
internal sealed class Cascade(Backend backend, WctModel model, IEigensolver? eigensolver = null) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<EncoderWeights, Once<Encoder>> _encoders = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<int, Once<Decoder>> _decoders = new();
    private int _runs;

    /// <summary>Solves eigenvalue problems on the host; null for the default solver.</summary>
    internal IEigensolver? Eigensolver => eigensolver;

    /// <summary>A level's encoder. Levels may share one.</summary>
    internal Encoder EncoderOf(int level) =>
        _encoders.GetOrAdd(Level(level).Encoder, weights => new Once<Encoder>(() => new Encoder(backend, weights))).Value;

    /// <summary>A level's decoder.</summary>
    internal Decoder DecoderOf(int level) =>
        _decoders.GetOrAdd(level, key => new Once<Decoder>(() => new Decoder(backend, Level(key).Decoder))).Value;

    /// <summary>Describes how a level's features are divided into tiles.</summary>
    /// <param name="level">The level.</param>
    /// <param name="image">[3, H, W], sides multiples of 16.</param>
    /// <param name="reach">How many feature pixels around a tile its transformed features depend on.</param>
    /// <param name="wraps">Whether the picture repeats beyond its borders.</param>
    internal LevelTiles Tiles(int level, TensorShape image, int reach = 0, bool wraps = false) =>
        new(Level(level), image, EncoderOf(level), DecoderOf(level), reach, wraps);

    /// <summary>A plan for a picture that fits into memory: each level is one tile.</summary>
    internal PicturePlan WholePlan(TensorShape image, IEnumerable<int> levels) => new(
        [.. levels.Select(level => Tiles(level, image)).Select(tiles => new LevelPlan(
            tiles, new TileSize(tiles.Features.Height, tiles.Features.Width), Keeps: true, Workspace: 0, Operations: 0, Bytes: 0))],
        Margin: 0, Bytes: 0);

    /// <summary>Operations for measuring a whole picture at some levels. An encoder that several levels share runs once.</summary>
    internal double MeasureOperations(TensorShape image, IEnumerable<int> levels) =>
        levels.GroupBy(level => Level(level).Encoder).Sum(group => EncoderOf(group.First()).Operations(image, group.Max()));

    /// <summary>Operations for running the levels on a whole picture.</summary>
    internal double RunOperations(TensorShape image, IEnumerable<int> levels) =>
        levels.Sum(level => EncoderOf(level).Operations(image, level) + DecoderOf(level).Operations(image));

    /// <summary>Begins a use of the networks, which ends when the result is disposed of. Networks in use are never dropped.</summary>
    internal Use Enter()
    {
        lock (_lock)
            _runs++;
        return new Use(this);
    }

    /// <summary>Frees the packed weights, unless other runs use them. They are packed again when next used.</summary>
    internal void DropNetworks()
    {
        lock (_lock)
        {
            if (_runs == 1)
                Dispose();
        }
    }

    public void Dispose()
    {
        foreach (Once<Encoder> encoder in _encoders.Values.Where(encoder => encoder.IsMade))
            encoder.Value.Dispose();
        foreach (Once<Decoder> decoder in _decoders.Values.Where(decoder => decoder.IsMade))
            decoder.Value.Dispose();
    }

    private LevelModel Level(int level) => model.Levels.First(candidate => candidate.Level == level);

    private void Leave()
    {
        lock (_lock)
            _runs--;
    }

    internal readonly ref struct Use(Cascade cascade)
    {
        public void Dispose() => cascade.Leave();
    }
}
