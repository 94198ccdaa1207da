using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Pipeline.Tiling;

/// <summary>Runs a content and a style through a cascade, whole and in tiles.</summary>
internal sealed class Scene : IDisposable
{
    private readonly Backend _backend;
    private readonly Cascade _cascade;
    private readonly WctModel _model;
    private readonly PixelImage _content;
    private readonly TensorShape _shape;
    private readonly Dictionary<int, StyleMoments> _style;

    /// <param name="width">A multiple of 16, like the height.</param>
    internal Scene(Backend backend, WctModel model, int width, int height)
    {
        (_backend, _model, _cascade, _shape) = (backend, model, new Cascade(backend, model), new TensorShape(3, height, width));
        _content = Pictures.Textured(width, height);
        _style = _cascade.Measure(backend, Load(Pictures.Textured(64, 48, 2)), model.Levels.Select(level => level.Level));
    }

    internal byte[] Whole(int[] levels)
    {
        using Tensor image = _backend.Tensor(
            _cascade.Stylize(_backend, Load(_content), levels, _style, 0.8), [3, _shape.Height, _shape.Width]);
        return Store(image);
    }

    internal byte[] Tiled(int[] levels, int side, bool keeps)
    {
        PicturePlan plan = Plan(levels, side, measureOnly: false, keeps);
        Assert.Contains(plan.Levels, level => level.Tiles.Count(level.Size) > 1 || side >= Math.Max(_shape.Height, _shape.Width));
        using KeptPicture picture = Keep(plan.Margin);
        using Cascade.Use use = _cascade.Enter();
        CascadeRun run = CascadeExtensions.Run(_cascade, _backend);
        run.Stylize(
            new TiledPicture(run, picture), plan, [CascadeExtensions.Use(_style)], CascadeExtensions.Settings(levels, 0.8), _shape.Width,
            _shape.Height);
        using Tensor image = _backend.Allocate(_shape);
        picture.Read(Area.Of(_shape), image);
        return Store(image);
    }

    internal StyleMoments WholeStyle(int level) => _cascade.Measure(_backend, Load(_content), [level])[level];

    internal StyleMoments TiledStyle(int level, int side)
    {
        using KeptPicture picture = Keep(0);
        using Cascade.Use use = _cascade.Enter();
        CascadeRun run = CascadeExtensions.Run(_cascade, _backend);
        return run.Measure(new TiledPicture(run, picture), Plan([level], side, measureOnly: true, keeps: false), null, _ => false)[level];
    }

    public void Dispose() => _cascade.Dispose();

    private PicturePlan Plan(int[] levels, int side, bool measureOnly, bool keeps)
    {
        LevelPlanner planner = new(_backend);
        LevelPlan[] plans = [.. levels.Select(level => planner.WithSide(_cascade.Tiles(level, _shape), side, measureOnly, keeps))];
        return new PicturePlan(plans, measureOnly ? 0 : plans.Max(plan => plan.Tiles.Halo()), plans.Max(plan => plan.Bytes));
    }

    private KeptPicture Keep(int margin)
    {
        ShiftedPicture picture = new(_backend, _shape, margin);
        using Tensor image = Load(_content);
        picture.Write(image, Area.Of(_shape), Area.Of(_shape));
        return picture;
    }

    private Tensor Load(PixelImage image)
    {
        Tensor tensor = _backend.Allocate(new TensorShape(3, image.Height, image.Width));
        _backend.LoadPixels(image.Bytes, image.Width, image.Height, image.Stride, PixelLayout.Rgb24, tensor);
        return tensor;
    }

    private byte[] Store(Tensor image)
    {
        byte[] bytes = new byte[3 * image.Shape.Pixels];
        _backend.StorePixels(image, bytes, image.Shape.Width, image.Shape.Height, 3 * image.Shape.Width, PixelLayout.Rgb24);
        return bytes;
    }
}
