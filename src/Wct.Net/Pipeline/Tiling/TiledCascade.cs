using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Transforms;
using Wct.Net.Transparency;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>The levels on a picture in tiles: one pass measures the features, a second one transforms and decodes them.</summary>
/// <remarks>Networks are given back as soon as a pass is done, unless others use them. Tiles come in the plan's order, so the sums do too.</remarks>
/// <param name="visibility">Of the picture; null where all its pixels count.</param>
internal sealed class TiledCascade(
    Backend backend, Cascade cascade, WorkMeter meter, CancellationToken cancellation, Visibility? visibility = null)
{
    /// <summary>Measures a style.</summary>
    internal Dictionary<int, StyleStatistics> Measure(KeptPicture picture, PicturePlan plan)
    {
        GiveBack();
        Dictionary<int, StyleStatistics> statistics = [];
        meter.Now = (0, StylizeStage.Style);
        foreach (LevelPlan level in plan.Levels)
        {
            using (Workspace workspace = backend.CreateWorkspace(level.Workspace))
                statistics[level.Tiles.Level] = StyleStatistics.Of(level.Tiles.Level, Moments(picture, level, workspace, kept: null), cascade.Eigensolver);
            GiveBack();
        }

        return statistics;
    }

    /// <summary>Runs the levels; the picture is replaced.</summary>
    internal void Run(KeptPicture picture, PicturePlan plan, IReadOnlyDictionary<int, StyleStatistics> style, double strength)
    {
        GiveBack();
        foreach (LevelPlan level in plan.Levels)
        {
            using (Tensor? kept = level.Keeps ? backend.Allocate(level.Tiles.Features) : null)
            using (Workspace workspace = backend.CreateWorkspace(level.Workspace))
                RunLevel(picture, level, style[level.Tiles.Level], strength, workspace, kept);
            GiveBack();
        }
    }

    private void RunLevel(KeptPicture picture, LevelPlan plan, StyleStatistics style, double strength, Workspace workspace, Tensor? kept)
    {
        int level = plan.Tiles.Level;
        meter.Now = (level, StylizeStage.Encode);
        FeatureMoments moments = Moments(picture, plan, workspace, kept);
        if (kept is not null)
            cascade.DropNetworks();
        meter.Now = (level, StylizeStage.Transform);
        meter.Add(0);
        ConvolutionWeights? into = cascade.DecoderOf(level).Folds(plan.Tiles.Features.Pixels);
        using Convolution map = WhiteningColoring.Of(moments, style, strength, backend, cascade.Eigensolver).Prepare(backend, into);
        meter.Now = (level, StylizeStage.Decode);
        picture.BeginReplacing(oldIsNeeded: kept is null);
        foreach (Area area in picture.Backwards ? plan.Tiles.Areas(plan.Size).Reverse() : plan.Tiles.Areas(plan.Size))
            Decode(picture, plan.Tiles, area, map, folded: into is not null, workspace, kept);
        picture.EndReplacing();
    }

    private FeatureMoments Moments(KeptPicture picture, LevelPlan plan, Workspace workspace, Tensor? kept)
    {
        int channels = plan.Tiles.Features.Channels;
        VisibleMoments? visible = visibility is null ? null : new VisibleMoments(backend, visibility, plan.Tiles.Level, channels);
        double[] mean = new double[channels], covariance = new double[visible is null ? channels * channels : 0];
        MomentSum? sum = visible is null ? new MomentSum(channels) : null;
        foreach (Area area in plan.Tiles.Areas(plan.Size))
        {
            TilePath path = plan.Tiles.Encoding(area);
            using Tensor features = Encode(picture, plan.Tiles.Level, path, workspace);
            Region region = area.Within(path.Output);
            if (sum is not null)
            {
                backend.Moments(features, region, mean, covariance);
                sum.Add(area.Pixels, mean, covariance);
            }

            visible?.Add(features, region, area);
            if (kept is not null)
                backend.Copy(features, region, kept, area.Rows.First, area.Columns.First);
        }

        return visible?.Finish() ?? sum!.Finish();
    }

    private void Decode(
        KeptPicture picture, LevelTiles tiles, Area area, Convolution map, bool folded, Workspace workspace, Tensor? kept)
    {
        TilePath path = tiles.Decoding(area);
        Tensor features = kept is null ? Features(picture, tiles, path.Input, workspace) : Part(kept, path.Input, workspace);
        if (!folded)
        {
            Tensor transformed = workspace.Allocate(features.Shape);
            backend.Convolve(features, map, Activation.None, transformed);
            features.Dispose();
            features = transformed;
        }

        using Tensor result = cascade.DecoderOf(tiles.Level).Run(features, path, folded ? map : null, workspace, meter.Add, cancellation);
        // Kept pictures are bytes: what is no number would go unseen.
        FeatureMoments.CheckPicture(backend, result);
        picture.Write(result, path.Output, area.Times(tiles.Factor));
    }

    private Tensor Features(KeptPicture picture, LevelTiles tiles, Area area, Workspace workspace)
    {
        TilePath path = tiles.Encoding(area);
        return Network.Cut(backend, Encode(picture, tiles.Level, path, workspace), path.Output, area, workspace);
    }

    private Tensor Part(Tensor kept, Area area, Workspace workspace)
    {
        Tensor part = workspace.Allocate(area.Shape(kept.Shape.Channels));
        backend.Copy(kept, area.Within(Area.Of(kept.Shape)), part, 0, 0);
        return part;
    }

    private Tensor Encode(KeptPicture picture, int level, TilePath path, Workspace workspace)
    {
        Tensor input = workspace.Allocate(path.Input.Shape(picture.Shape.Channels));
        picture.Read(path.Input, input);
        return cascade.EncoderOf(level).Run(input, path, workspace, meter.Add, cancellation);
    }

    private void GiveBack()
    {
        cascade.DropNetworks();
        backend.Trim();
    }
}
