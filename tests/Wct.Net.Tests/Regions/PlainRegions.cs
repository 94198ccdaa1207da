using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Tests.Transforms;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net.Tests.Regions;

/// <summary>Stylizes the regions of a picture at one level by the definition: the same networks, but shares, moments and the sum of the
/// regions in plain loops.</summary>
/// <param name="backend">Runs the networks.</param>
/// <param name="model">The networks.</param>
/// <param name="level">The level.</param>
internal sealed class PlainRegions(Backend backend, WctModel model, int level)
{
    private int Side => 1 << (level - 1);

    /// <summary>Runs the level.</summary>
    /// <param name="content">The photo.</param>
    /// <param name="transform">The transform of every region.</param>
    /// <param name="regions">The regions and their strengths.</param>
    /// <returns>The picture's bytes in the content's layout. Alpha is the content's.</returns>
    internal byte[] Run(PixelImage content, FeatureTransform transform, params (StyleRegion Region, double Strength)[] regions)
    {
        using Cascade cascade = new(backend, model);
        using Tensor image = Load(content);
        using Tensor features = cascade.EncoderOf(level).Run(image, [level])[0];
        TensorShape shape = features.Shape;
        float[] x = backend.Numbers(features);
        double[][] shares = [.. regions.Select(region => Shares(region.Region.Mask, content, shape, hides: false))];
        double[] y = new double[x.Length], used = new double[shape.Pixels];
        for (int r = 0; r < regions.Length; r++)
        {
            float[] counted = [.. Shares(regions[r].Region.Mask, content, shape, hides: true).Select(share => (float)share)];
            if (counted.Sum(share => (double)share) < 1)
                continue;
            FeatureMoments moments = PlainMoments.Of(x, shape.Channels, counted);
            double[] own = Transformed(transform, x, shape, moments, regions[r].Region.Style.Moments[level]);
            for (int i = 0; i < x.Length; i++)
            {
                int p = i % shape.Pixels;
                double share = shares[r][p] / Math.Max(1, shares.Sum(other => other[p]));
                y[i] += share * (regions[r].Strength * own[i] + (1 - regions[r].Strength) * x[i]);
                used[p] += i < shape.Pixels ? share : 0;
            }
        }

        float[] mixed = [.. y.Select((value, i) => (float)(value + (1 - used[i % shape.Pixels]) * x[i]))];
        using Tensor result = backend.Tensor(shape, mixed), decoded = cascade.DecoderOf(level).Run(result, clamp: true);
        byte[] bytes = [.. content.Bytes];
        backend.StorePixels(decoded, bytes, content.Width, content.Height, content.Stride, content.Layout);
        return bytes;
    }

    private double[] Transformed(FeatureTransform transform, float[] x, TensorShape shape, FeatureMoments content, StyleMoments style)
    {
        using LocalMap? local = transform.Local(content, shape, style);
        if (local is null)
        {
            AffineMap map = transform.Map(content, style);
            return PlainMoments.Apply(Array.ConvertAll(x, value => (double)value), map.Matrix, map.Center, map.Offset);
        }

        using Tensor features = backend.Tensor(shape, x), result = local.Apply(backend, features, default);
        return Array.ConvertAll(backend.Numbers(result), value => (double)value);
    }

    // The mean of the mask over the square of pixels that a feature pixel covers. Hidden pixels count as 0 in statistics only.
    private double[] Shares(StyleMask? mask, PixelImage content, TensorShape shape, bool hides)
    {
        double[] shares = new double[shape.Pixels];
        for (int i = 0; i < shares.Length; i++)
        {
            for (int k = 0; k < Side * Side; k++)
            {
                int y = Reflection.Index(i / shape.Width * Side + k / Side, content.Height),
                    x = Reflection.Index(i % shape.Width * Side + k % Side, content.Width);
                bool hidden = hides && content.Layout.HasAlpha() && content.Bytes[y * content.Stride + 4 * x + 3] == 0;
                shares[i] += hidden ? 0 : (mask is null ? 255 : mask.Shares[y * mask.Width + x]) / (255.0 * Side * Side);
            }
        }

        return shares;
    }

    private Tensor Load(PixelImage content)
    {
        byte[] bytes = [.. content.Bytes];
        if (Visibility.Of(content) is { } visibility)
            HiddenColors.FillAll(visibility, bytes);
        Tensor image = backend.Allocate(new TensorShape(3, (content.Height + 15) / 16 * 16, (content.Width + 15) / 16 * 16));
        backend.LoadPixels(bytes, content.Width, content.Height, content.Stride, content.Layout, image);
        return image;
    }
}
