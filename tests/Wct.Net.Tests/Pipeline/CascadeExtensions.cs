using Wct.Kernels;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net.Tests.Pipeline;

/// <summary>Runs whole pictures through a cascade, as tensors.</summary>
internal static class CascadeExtensions
{
    /// <summary>Measures a style.</summary>
    /// <param name="image">[3, H, W]; disposed of.</param>
    internal static Dictionary<int, StyleMoments> Measure(this Cascade cascade, Backend backend, Tensor image, IEnumerable<int> levels)
    {
        CascadeRun run = Run(cascade, backend);
        PicturePlan plan = cascade.WholePlan(image.Shape, levels.Distinct());
        using WholePicture picture = new(run, image, plan);
        return run.Measure(picture, plan, mask: null, _ => false);
    }

    /// <summary>Runs levels.</summary>
    /// <param name="image">[3, H, W]; disposed of.</param>
    /// <returns>The resulting picture as floats.</returns>
    internal static float[] Stylize(
        this Cascade cascade, Backend backend, Tensor image, int[] levels, IReadOnlyDictionary<int, StyleMoments> style, double strength,
        FeatureTransform? transform = null)
    {
        CascadeRun run = Run(cascade, backend);
        PicturePlan plan = cascade.WholePlan(image.Shape, levels);
        using WholePicture picture = new(run, image);
        run.Stylize(picture, plan, [Use(style)], Settings(levels, strength, transform), image.Shape.Width, image.Shape.Height);
        return backend.Numbers(picture.Result);
    }

    /// <summary>A style for the whole picture.</summary>
    internal static StyleUse Use(IReadOnlyDictionary<int, StyleMoments> style) => new(new PreparedStyle(null!, style));

    /// <summary>One pass over some levels.</summary>
    internal static RunSettings Settings(int[] levels, double strength, FeatureTransform? transform = null) => new(
        Array.ConvertAll(levels, level => new LevelRun(level, null, strength, transform ?? FeatureTransform.WhiteningColoring)));

    /// <summary>A run without progress reports.</summary>
    internal static CascadeRun Run(Cascade cascade, Backend backend) => new(backend, cascade, new WorkMeter(1e18, null), null, default);
}
