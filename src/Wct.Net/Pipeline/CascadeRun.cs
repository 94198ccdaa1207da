using Wct.Kernels;
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
    /// <param name="picture">The style.</param>
    /// <param name="plan">Each level once.</param>
    /// <param name="mask">The share of each pixel in the style; null if all are 1.</param>
    /// <param name="keepsFeatures">Whether a level's features are kept too.</param>
    internal Dictionary<int, StyleMoments> Measure(ILevelPicture picture, PicturePlan plan, StyleMask? mask, Func<int, bool> keepsFeatures)
    {
        PixelShares? shares = PixelShares.Of(visibility, mask);
        Dictionary<int, StyleMoments> styles = [];
        meter.Now = (0, StylizeStage.Style);
        picture.Trim();
        foreach (LevelPlan level in plan.Levels)
        {
            int number = level.Tiles.Level;
            FeatureCollector? collector = keepsFeatures(number) ? new FeatureCollector(backend, level.Tiles, shares) : null;
            try
            {
                picture.Begin(level);
                FeatureMoments? moments = Moments(picture, level, [shares], collector)[0];
                styles[number] = moments is null
                    ? StyleMoments.Empty(number, level.Tiles.Features.Channels)
                    : StyleMoments.Of(number, moments, collector?.Finish());
                moments?.Release();
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
    /// <param name="picture">The content.</param>
    /// <param name="plan">A level per run of the settings.</param>
    /// <param name="styles">The styles, measured at all levels.</param>
    /// <param name="settings">Transforms and strengths.</param>
    /// <param name="width">Pixels per row of the content.</param>
    /// <param name="height">Rows of the content.</param>
    /// <exception cref="InvalidDataException">Features overflow.</exception>
    internal void Stylize(
        ILevelPicture picture, PicturePlan plan, IReadOnlyList<StyleUse> styles, RunSettings settings, int width, int height)
    {
        PixelShares?[] shares = [.. styles.Select(style => style.Measured(visibility))];
        picture.Trim();
        for (int i = 0; i < plan.Levels.Count; i++)
        {
            try
            {
                picture.Begin(plan.Levels[i]);
                RunLevel(picture, plan.Levels[i], settings.Runs[i], styles, shares);
            }
            finally
            {
                picture.End();
            }

            picture.Trim();
            int level = plan.Levels[i].Tiles.Level;
            settings.OnLevel?.Invoke(new LevelPicture(level, settings.Pass(i), new LevelReader(backend, picture, width, height)));
        }
    }

    private void RunLevel(
        ILevelPicture picture, LevelPlan plan, LevelRun settings, IReadOnlyList<StyleUse> styles, IReadOnlyList<PixelShares?> shares)
    {
        int level = plan.Tiles.Level;
        meter.Now = (level, StylizeStage.Encode);
        FeatureMoments?[] contents = Moments(picture, plan, shares, collector: null);
        meter.Now = (level, StylizeStage.Transform);
        meter.Add(0);
        using LevelMap map = Map(plan, settings, styles, contents);
        meter.Now = (level, StylizeStage.Decode);
        picture.Replace(map);
    }

    // Releases the contents' moments.
    private LevelMap Map(LevelPlan plan, LevelRun settings, IReadOnlyList<StyleUse> styles, FeatureMoments?[] contents)
    {
        try
        {
            return new LevelMapBuilder(backend, cascade.DecoderOf(plan.Tiles.Level), plan.Tiles, settings).Build(styles, contents);
        }
        finally
        {
            foreach (FeatureMoments? content in contents)
                content?.Release();
        }
    }

    private FeatureMoments?[] Moments(
        ILevelPicture picture, LevelPlan plan, IReadOnlyList<PixelShares?> shares, FeatureCollector? collector)
    {
        LevelMoments moments = new(backend, cascade.Eigensolver, shares, plan.Tiles, collector);
        picture.Measure(moments);
        return moments.Finish();
    }
}
