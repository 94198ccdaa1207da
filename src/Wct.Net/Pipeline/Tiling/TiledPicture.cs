using Wct.Kernels;
using Wct.Net.Transforms;

namespace Wct.Net.Pipeline.Tiling;

/// <summary>A picture that doesn't fit into memory whole. It is kept packed. One pass over its tiles measures the features, and a second
/// pass transforms and decodes them.</summary>
/// <remarks>Packed weights are freed as soon as a pass is done, unless other runs use them. Tiles are measured in the plan's order, so sums
/// are added in the same order every time.</remarks>
/// <param name="run">The run whose networks and backend are used.</param>
/// <param name="picture">The picture, which the caller keeps owning.</param>
internal sealed class TiledPicture(CascadeRun run, KeptPicture picture) : ILevelPicture
{
    private readonly Backend _backend = run.Backend;
    private readonly Cascade _cascade = run.Cascade;
    private LevelPlan? _plan;
    private Tensor? _kept;
    private Workspace? _workspace;

    private LevelTiles Tiles => _plan!.Tiles;

    /// <inheritdoc/>
    public void Begin(LevelPlan plan)
    {
        _plan = plan;
        _kept = plan.Keeps ? _backend.Allocate(plan.Tiles.Features) : null;
        _workspace = _backend.CreateWorkspace(plan.Workspace);
    }

    /// <inheritdoc/>
    public void Measure(LevelMoments moments)
    {
        foreach (Area area in Tiles.Areas(_plan!.Size))
        {
            TilePath path = Tiles.Encoding(area);
            using Tensor features = Encode(path);
            Region region = area.Within(path.Output);
            moments.Add(features, region, area);
            if (_kept is not null)
                _backend.Copy(features, region, _kept, area.Rows.First, area.Columns.First);
        }

        if (_kept is not null)
            _cascade.DropNetworks();
    }

    /// <inheritdoc/>
    public void Replace(LevelMap map)
    {
        picture.BeginReplacing(oldIsNeeded: _kept is null);
        IEnumerable<Area> areas = Tiles.Areas(_plan!.Size);
        foreach (Area area in picture.Backwards ? areas.Reverse() : areas)
            Decode(area, map);
        picture.EndReplacing();
    }

    /// <inheritdoc/>
    public Tensor Rows(int first, int count) => picture.Rows(_backend, first, count);

    /// <inheritdoc/>
    public void End()
    {
        _workspace?.Dispose();
        _kept?.Dispose();
        (_workspace, _kept) = (null, null);
    }

    /// <inheritdoc/>
    public void Trim()
    {
        _cascade.DropNetworks();
        _backend.FreeCachedBuffers();
    }

    private void Decode(Area area, LevelMap map)
    {
        TilePath path = Tiles.Decoding(area);
        Area needed = Tiles.Needed(path.Input);
        Tensor features = Transformed(map, _kept is null ? EncodeAgain(needed) : Part(_kept, needed), needed);
        features = Network.Cut(_backend, features, needed, path.Input, _workspace!);
        using Tensor result = _cascade.DecoderOf(Tiles.Level).Run(
            features, path, map.First, _workspace!, run.Meter.Add, run.CancellationToken);
        // The kept picture stores bytes, which would hide a NaN.
        FeatureMoments.CheckPicture(_backend, result);
        picture.Write(result, path.Output.Minus(Tiles.Margin), area.Times(Tiles.Factor).Minus(Tiles.Margin));
    }

    private Tensor Transformed(LevelMap map, Tensor features, Area area)
    {
        try
        {
            return map.Apply(features, area, _workspace, run.CancellationToken);
        }
        catch
        {
            features.Dispose();
            throw;
        }
    }

    private Tensor EncodeAgain(Area area)
    {
        TilePath path = Tiles.Encoding(area);
        return Network.Cut(_backend, Encode(path), path.Output, area, _workspace!);
    }

    private Tensor Part(Tensor kept, Area area)
    {
        Tensor part = _workspace!.Allocate(area.Shape(kept.Shape.Channels));
        _backend.Copy(kept, area.Within(Area.Of(kept.Shape)), part, 0, 0);
        return part;
    }

    private Tensor Encode(TilePath path)
    {
        Tensor input = _workspace!.Allocate(path.Input.Shape(picture.Shape.Channels));
        picture.Read(path.Input.Minus(Tiles.Margin), input);
        return _cascade.EncoderOf(Tiles.Level).Run(input, path, _workspace, run.Meter.Add, run.CancellationToken);
    }
}
