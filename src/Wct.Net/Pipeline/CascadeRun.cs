using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net.Pipeline;

/// <summary>Runs one picture through the levels: each level's picture is the next one's content.</summary>
/// <remarks>The loop is the same for whole pictures and tiles, and for all transforms. <see cref="ILevelPicture"/> holds the
/// data.</remarks>
/// <param name="backend">The backend that computes.</param>
/// <param name="cascade">The networks.</param>
/// <param name="meter">Counts the work.</param>
/// <param name="visibility">Which pixels are visible; null if all are.</param>
/// <param name="cancellationToken">Checked before each layer.</param>
internal sealed class CascadeRun(
    Backend backend, Cascade cascade, WorkMeter meter, Visibility? visibility, CancellationToken cancellationToken)
{
    internal Backend Backend => backend;

    internal Cascade Cascade => cascade;

    internal WorkMeter Meter => meter;

    internal CancellationToken CancellationToken => cancellationToken;

    /// <summary>Measures a style at the plan's levels.</summary>
    internal Dictionary<int, StyleMoments> Measure(ILevelPicture picture, PicturePlan plan)
    {
        Dictionary<int, StyleMoments> styles = [];
        meter.Now = (0, StylizeStage.Style);
        picture.Trim();
        foreach (LevelPlan level in plan.Levels)
        {
            try
            {
                picture.Begin(level);
                FeatureMoments moments = Moments(picture, level);
                styles[level.Tiles.Level] = StyleMoments.Of(level.Tiles.Level, moments);
                moments.Release();
            }
            finally
            {
                picture.End();
            }

            picture.Trim();
        }

        return styles;
    }

    /// <summary>Runs the plan's levels, and replaces the picture.</summary>
    /// <exception cref="InvalidDataException">Features overflow.</exception>
    internal void Stylize(ILevelPicture picture, PicturePlan plan, IReadOnlyDictionary<int, StyleMoments> style, RunSettings settings)
    {
        picture.Trim();
        foreach (LevelPlan level in plan.Levels)
        {
            try
            {
                picture.Begin(level);
                RunLevel(picture, level, style[level.Tiles.Level], settings);
            }
            finally
            {
                picture.End();
            }

            picture.Trim();
        }
    }

    private void RunLevel(ILevelPicture picture, LevelPlan plan, StyleMoments style, RunSettings settings)
    {
        int level = plan.Tiles.Level;
        meter.Now = (level, StylizeStage.Encode);
        FeatureMoments content = Moments(picture, plan);
        meter.Now = (level, StylizeStage.Transform);
        meter.Add(0);
        ConvolutionWeights? into = cascade.DecoderOf(level).Folds(plan.Tiles.Features.Pixels);
        using LevelMap map = LevelMap.Of(backend, settings.Transform.Map(content, style), content.Channels, settings.Strength, into);
        content.Release();
        meter.Now = (level, StylizeStage.Decode);
        picture.Replace(map);
    }

    private FeatureMoments Moments(ILevelPicture picture, LevelPlan plan)
    {
        LevelMoments moments = new(backend, cascade.Eigensolver, visibility, plan.Tiles);
        picture.Measure(moments);
        return moments.Finish();
    }
}
