using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Pipeline.Tiling;

/// <summary>A content and a style that run through a cascade whole and in tiles.</summary>
internal sealed class Scene : IDisposable
{
    private readonly Backend _backend;
    private readonly Cascade _cascade;
    private readonly WctModel _model;
    private readonly PixelImage _content;
    private readonly TensorShape _shape;
    private readonly Dictionary<int, StyleStatistics> _style;

    /// <param name="width">Multiple of 16, as the height.</param>
    internal Scene(Backend backend, WctModel model, int width, int height)
    {
        (_backend, _model, _cascade, _shape) = (backend, model, new Cascade(backend, model), new TensorShape(3, height, width));
        _content = Pictures.Textured(width, height);
        using Tensor painting = Load(Pictures.Textured(64, 48, 2));
        _style = _cascade.Measure(painting, model.Levels.Select(level => level.Level), Meter(), default);
    }

    internal byte[] Whole(int[] levels)
    {
        using Tensor image = _cascade.Run(Load(_content), levels, _style, 0.8, Meter(), default);
        return Store(image);
    }

    internal byte[] Tiled(int[] levels, int side, bool keeps)
    {
        PicturePlan plan = Plan(levels, side, measureOnly: false, keeps);
        Assert.Contains(plan.Levels, level => level.Tiles.Count(level.Size) > 1 || side >= Math.Max(_shape.Height, _shape.Width));
        using KeptPicture picture = Keep(plan.Margin);
        using Cascade.Use use = _cascade.Enter();
        new TiledCascade(_backend, _cascade, Meter(), default).Run(picture, plan, _style, 0.8);
        using Tensor image = _backend.Allocate(_shape);
        picture.Read(Area.Of(_shape), image);
        return Store(image);
    }

    internal StyleStatistics WholeStyle(int level)
    {
        using Tensor image = Load(_content);
        return _cascade.Measure(image, [level], Meter(), default)[level];
    }

    internal StyleStatistics TiledStyle(int level, int side)
    {
        using KeptPicture picture = Keep(0);
        using Cascade.Use use = _cascade.Enter();
        return new TiledCascade(_backend, _cascade, Meter(), default).Measure(picture, Plan([level], side, measureOnly: true, keeps: false))[level];
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
        KeptPicture picture = new(_backend, _shape, margin);
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

    private static WorkMeter Meter() => new(1e18, null);
}
