using Wct.Kernels;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net.Pipeline;

/// <summary>Keeps a style's features at a level in the host's memory, part by part.</summary>
/// <param name="backend">The backend that holds the features.</param>
/// <param name="tiles">The level's features.</param>
/// <param name="shares">The share of each pixel in the style; null if all are 1.</param>
internal sealed class FeatureCollector(Backend backend, LevelTiles tiles, PixelShares? shares)
{
    private readonly float[] _values = new float[tiles.Features.Length];

    /// <summary>Adds a part; see <see cref="LevelMoments.Add"/>.</summary>
    internal void Add(Tensor features, Region region, Area area)
    {
        if (features.Shape == tiles.Features)
        {
            backend.Read(features, _values);
            return;
        }

        TensorShape shape = area.Shape(tiles.Features.Channels);
        float[] part = new float[shape.Length];
        using (Tensor copy = backend.Allocate(shape))
        {
            backend.Copy(features, region, copy, 0, 0);
            backend.Read(copy, part);
        }

        for (int row = 0; row < shape.Channels * shape.Height; row++)
        {
            long at = ((long)(row / shape.Height) * tiles.Features.Height + area.Rows.First + row % shape.Height) * tiles.Features.Width
                + area.Columns.First;
            part.AsSpan(row * shape.Width, shape.Width).CopyTo(_values.AsSpan((int)at));
        }
    }

    /// <summary>The features of all parts. Nothing can be added afterwards.</summary>
    internal StyleFeatures Finish()
    {
        TensorShape shape = tiles.Features;
        float[] weights = [];
        if (shares is not null)
        {
            weights = new float[shape.Pixels];
            _ = shares.Weigh(Area.Of(shape), tiles.Factor, weights);
        }

        return new StyleFeatures(shape.Channels, shape.Height, shape.Width, _values, weights);
    }
}
