using Wct.Kernels;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Pipeline.Tiling;
using Wct.Net.Tests.Pipeline;
using Wct.Net.Tests.Transparency;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Textures;

/// <summary>A picture that repeats beyond its borders has none: rolled by some rows and columns, it gives the rolled result.</summary>
public class WrappedPictureTests
{
    private const int Width = 80, Height = 48;

    private static readonly WctModel Model = RandomModel.Create([6, 8, 10, 8, 6], seed: 2);

    private static readonly TensorShape Shape = new(3, Height, Width);

    public static TheoryData<string, int> Rows => new(
        [("cpu", 5), ("cpu", 4), ("cpu", 1), ("opencl", 5), .. EveryBackend.Names.Select(device => (device, device == "ptx" ? 2 : 3))]);

    [Theory]
    [MemberData(nameof(Rows))]
    public void RollingCommutesWithALevel(string device, int level)
    {
        using Backend backend = EveryBackend.Open(device);
        using Cascade cascade = new(backend, Model);
        PixelImage painting = Pictures.Textured(64, 48, 2), picture = Pictures.Noise(Width, Height, 1);
        Dictionary<int, StyleMoments> style = cascade.Measure(backend, Load(backend, painting), [level]);
        byte[] expected = Run(backend, cascade, picture, style, level, FeatureTransform.WhiteningColoring, side: 0);
        Assert.True(expected.Distinct().Count() > 64);
        (int Down, int Right)[] rolls = device.Contains("ptx", StringComparison.Ordinal) ? [(16, 48)] : [(0, 16), (16, 0), (32, 64)];
        foreach ((int down, int right) in rolls)
        {
            byte[] actual =
                Run(backend, cascade, Rolled(picture, down, right), style, level, FeatureTransform.WhiteningColoring, side: 0);
            StylizeMethods.Near(Rolled(new PixelImage(expected, Width, Height), down, right).Bytes, actual);
        }

        // One tile gives the same.
        StylizeMethods.Near(
            expected, Run(backend, cascade, picture, style, level, FeatureTransform.WhiteningColoring, side: Width));
    }

    // Style swap depends on two feature pixels more around each.
    [Fact]
    public void RollingCommutesWithStyleSwap()
    {
        const int Level = 3;
        using Backend backend = EveryBackend.Open("cpu");
        using StyleTransfer transfer = new(Model, backend, ownsBackend: false);
        using Cascade cascade = new(backend, Model);
        PixelImage picture = Pictures.Noise(Width, Height, 1);
        foreach (FeatureTransform transform in (FeatureTransform[])[FeatureTransform.StyleSwap, FeatureTransform.RawStyleSwap])
        {
            IReadOnlyDictionary<int, StyleMoments> style = transfer.PrepareStyle(
                Pictures.Textured(64, 48, 2), new StylizeOptions { Levels = [Level], Transform = transform }).Moments;
            byte[] expected = Run(backend, cascade, picture, style, Level, transform, side: 0);
            byte[] actual = Run(backend, cascade, Rolled(picture, 16, 32), style, Level, transform, side: 0);
            StylizeMethods.Near(Rolled(new PixelImage(expected, Width, Height), 16, 32).Bytes, actual);
        }
    }

    [Fact]
    public void AreasBeyondTheBordersRepeatThePicture()
    {
        using Backend backend = EveryBackend.Open("cpu");
        using WrappedPicture memory = new(backend, Shape);
        PixelImage picture = Pictures.Noise(Width, Height, 1);
        using Tensor image = Load(backend, picture);
        memory.Write(image, Area.Of(Shape), Area.Of(Shape));
        Area area = new(new Interval(-100, 53), new Interval(-3, 2 * Width + 5));
        using Tensor part = backend.Allocate(area.Shape(3));
        memory.Read(area, part);
        float[] actual = backend.Numbers(part);
        for (int i = 0; i < actual.Length; i++)
        {
            int c = i / part.Shape.Pixels, y = area.Rows.First + i % part.Shape.Pixels / part.Shape.Width + 3 * Height,
                x = area.Columns.First + i % part.Shape.Width + Width;
            Assert.Equal(picture.Bytes[y % Height * picture.Stride + x % Width * 3 + c] / 255f, actual[i], 1e-6f);
        }
    }

    // Runs a level on a picture that repeats, in tiles with about that side.
    private static byte[] Run(
        Backend backend, Cascade cascade, PixelImage picture, IReadOnlyDictionary<int, StyleMoments> style, int level,
        FeatureTransform transform, int side)
    {
        LevelPlan plan = new LevelPlanner(backend).WithSide(
            cascade.Tiles(level, Shape, transform.Reach, wraps: true), side, measureOnly: false);
        using WrappedPicture memory = new(backend, Shape);
        using (Tensor image = Load(backend, picture))
            memory.Write(image, Area.Of(Shape), Area.Of(Shape));
        using Cascade.Use use = cascade.Enter();
        CascadeExtensions.Run(cascade, backend).Stylize(
            new TiledPicture(CascadeExtensions.Run(cascade, backend), memory), new PicturePlan([plan], 0, plan.Bytes) { Wraps = true },
            [CascadeExtensions.Use(style)], CascadeExtensions.Settings([level], 0.8, transform), Width, Height);
        using Tensor result = backend.Allocate(Shape);
        memory.Read(Area.Of(Shape), result);
        byte[] bytes = new byte[picture.Bytes.Length];
        backend.StorePixels(result, bytes, Width, Height, picture.Stride, PixelLayout.Rgb24);
        return bytes;
    }

    private static Tensor Load(Backend backend, PixelImage picture)
    {
        Tensor image = backend.Allocate(new TensorShape(3, picture.Height, picture.Width));
        backend.LoadPixels(picture.Bytes, picture.Width, picture.Height, picture.Stride, PixelLayout.Rgb24, image);
        return image;
    }

    private static PixelImage Rolled(PixelImage image, int down, int right)
    {
        PixelImage rolled = new(image.Width, image.Height);
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                int to = (y + down) % image.Height * image.Stride + (x + right) % image.Width * 3;
                image.Bytes.AsSpan(y * image.Stride + x * 3, 3).CopyTo(rolled.Bytes.AsSpan(to));
            }
        }

        return rolled;
    }
}
