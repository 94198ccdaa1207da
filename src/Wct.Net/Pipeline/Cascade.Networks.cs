using System.Collections.Concurrent;
using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

// The networks, which runs share.
internal sealed partial class Cascade
{
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<EncoderWeights, Lazy<Encoder>> _encoders = new(ReferenceEqualityComparer.Instance);
    private readonly ConcurrentDictionary<int, Lazy<Decoder>> _decoders = new();
    private int _runs;

    internal Encoder EncoderOf(int level) =>
        _encoders.GetOrAdd(Level(level).Encoder, weights => new Lazy<Encoder>(() => new Encoder(backend, weights))).Value;

    internal Decoder DecoderOf(int level) =>
        _decoders.GetOrAdd(level, key => new Lazy<Decoder>(() => new Decoder(backend, Level(key).Decoder))).Value;

    /// <summary>A level's features, for division into tiles.</summary>
    internal LevelTiles Tiles(int level, TensorShape image) => new(Level(level), image, EncoderOf(level), DecoderOf(level));

    /// <summary>Whoever computes is entered: networks in use are never dropped.</summary>
    internal Use Enter()
    {
        lock (_lock)
            _runs++;
        return new Use(this);
    }

    /// <summary>Frees the networks' weights as the backend wants them, unless somebody else computes; they are arranged anew when next used.</summary>
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
        foreach (Lazy<Encoder> encoder in _encoders.Values.Where(encoder => encoder.IsValueCreated))
            encoder.Value.Dispose();
        foreach (Lazy<Decoder> decoder in _decoders.Values.Where(decoder => decoder.IsValueCreated))
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
