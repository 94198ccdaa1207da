using Wct.Kernels;
using Wct.Net.Pipeline.Tiling;

namespace Wct.Net.Pipeline;

/// <summary>Shares of the pixels of an area, in a backend's tensors: the share that is left for the content, then one map per
/// part.</summary>
internal sealed class ShareMaps : IDisposable
{
    private readonly Backend _backend;
    private readonly Tensor[] _maps;
    private readonly bool[] _isPresent;

    /// <param name="backend">The backend.</param>
    /// <param name="area">The area in feature pixels.</param>
    /// <param name="count">Number of maps, the rest included.</param>
    internal ShareMaps(Backend backend, Area area, int count)
    {
        _backend = backend;
        _maps = new Tensor[count];
        _isPresent = new bool[count];
        try
        {
            for (int i = 0; i < count; i++)
                _maps[i] = backend.Allocate(new TensorShape(1, area.Rows.Length, area.Columns.Length));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>[1, h, w]: the share that no part has.</summary>
    internal Tensor Rest => _maps[0];

    /// <summary>[1, h, w]: a part's share.</summary>
    internal Tensor Of(int part) => _maps[part + 1];

    /// <summary>Whether a part's share is above 0 in any pixel.</summary>
    internal bool Has(int part) => _isPresent[part + 1];

    /// <summary>Stores the shares of some rows.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="shares">[rows, columns] at the start of each array: the rest, then each part.</param>
    internal void Write(int first, int count, float[][] shares)
    {
        TensorShape whole = _maps[0].Shape, strip = new(1, count, whole.Width);
        for (int i = 0; i < _maps.Length; i++)
        {
            ReadOnlySpan<float> own = shares[i].AsSpan(0, strip.Pixels);
            _isPresent[i] |= own.ContainsAnyExcept(0f);
            if (count == whole.Height)
            {
                _backend.Write(own, _maps[i]);
                continue;
            }

            using Tensor rows = _backend.Allocate(strip);
            _backend.Write(own, rows);
            _backend.Copy(rows, Region.Of(strip), _maps[i], first, 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor? map in _maps)
            map?.Dispose();
    }
}
