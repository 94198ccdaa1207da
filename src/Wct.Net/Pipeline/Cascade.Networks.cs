using System.Collections.Concurrent;
using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

// The networks, which runs share.
internal sealed partial class Cascade
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<EncoderWeights, Once<Encoder>> _encoders = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<int, Once<Decoder>> _decoders = new();
    private int _runs;

    internal Encoder EncoderOf(int level) =>
        _encoders.GetOrAdd(Level(level).Encoder, weights => new Once<Encoder>(() => new Encoder(backend, weights))).Value;

    internal Decoder DecoderOf(int level) =>
        _decoders.GetOrAdd(level, key => new Once<Decoder>(() => new Decoder(backend, Level(key).Decoder))).Value;

    /// <summary>A level's features, for division into tiles.</summary>
    internal LevelTiles Tiles(int level, TensorShape image) => new(Level(level), image, EncoderOf(level), DecoderOf(level));

    /// <summary>Whoever computes is entered: networks in use are never dropped.</summary>
    internal Use Enter()
    {
        lock (_lock)
            _runs++;
        return new Use(this);
    }

    /// <summary>Frees the networks' weights as the backend wants them, unless somebody else computes; they are packed again when next used.</summary>
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
