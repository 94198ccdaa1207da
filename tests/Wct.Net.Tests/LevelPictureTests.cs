using Wct.Net.Models;
using Wct.Net.Tests.Transparency;
using Wct.Net.Transforms;

namespace Wct.Net.Tests;

/// <summary>The pictures of single levels, passes, and settings of single levels.</summary>
public class LevelPictureTests
{
    private static readonly WctModel Model = RandomModel.Create([6, 8, 10], seed: 2);

    private static readonly PixelImage Photo = Pictures.Textured(45, 37), Painting = Pictures.Textured(40, 30, 2);

    public static TheoryData<string> Devices => ["reference", .. EveryBackend.Fast];

    [Theory]
    [MemberData(nameof(Devices))]
    public void EachLevelOfEachPassIsReported(string device)
    {
        using StyleTransfer transfer = new(Model, EveryBackend.Open(device));
        List<(int Level, int Pass, byte[] Bytes)> seen = [];
        StylizeOptions options = new() { Levels = [3, 1, 2], Passes = 2, OnLevel = picture => seen.Add(Read(picture)) };
        byte[] result = transfer.Stylize(Photo, Painting, options).Bytes;
        Assert.Equal([(3, 1), (1, 1), (2, 1), (3, 2), (1, 2), (2, 2)], seen.Select(picture => (picture.Level, picture.Pass)));
        Assert.Equal(result, seen[^1].Bytes);
        // Each picture is the result of the levels up to it.
        Assert.Equal(transfer.Stylize(Photo, Painting, new StylizeOptions { Levels = [3] }).Bytes, seen[0].Bytes);
        Assert.Equal(transfer.Stylize(Photo, Painting, new StylizeOptions { Levels = [3, 1] }).Bytes, seen[1].Bytes);
        Assert.Equal(transfer.Stylize(Photo, Painting, options with { Passes = 1, OnLevel = null }).Bytes, seen[2].Bytes);
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void PassesAreLevelsThatAreListedAgain(string device)
    {
        using StyleTransfer transfer = new(Model, EveryBackend.Open(device));
        foreach (FeatureTransform transform in (FeatureTransform[])[FeatureTransform.WhiteningColoring, FeatureTransform.RawStyleSwap])
        {
            StylizeOptions options = new() { Transform = transform };
            Assert.Equal(
                transfer.Stylize(Photo, Painting, options with { Levels = [3, 2, 1, 3, 2, 1] }).Bytes,
                transfer.Stylize(Photo, Painting, options with { Passes = 2 }).Bytes);
        }
    }

    // Photo mode and color preservation come after the last level, whose picture is the plain result.
    [Fact]
    public void TheLastPictureIsThePlainResult()
    {
        using StyleTransfer transfer = new(Model);
        byte[] last = [], plain = transfer.Stylize(Photo, Painting).Bytes;
        StylizeOptions options = new()
        {
            Photo = new PhotoOptions(),
            PreserveColor = ColorPreservation.Luminance,
            OnLevel = picture => last = Read(picture).Bytes,
        };
        Assert.NotEqual(plain, transfer.Stylize(Photo, Painting, options).Bytes);
        Assert.Equal(plain, last);
    }

    [Fact]
    public void TilesReportTheSamePictures()
    {
        using StyleTransfer transfer = new(RandomModel.Create([8, 16, 24], seed: 2), new LoadOptions { Device = DeviceChoice.Cpu });
        PixelImage photo = Pictures.Textured(337, 271);
        PreparedStyle style = transfer.PrepareStyle(Painting);
        List<byte[]> whole = [], tiled = [];
        StylizeOptions options = new() { Levels = [3, 1], OnLevel = picture => whole.Add(Read(picture).Bytes) };
        transfer.Stylize(photo, style, options);
        long least = StylizeMethods.Least(() => transfer.Stylize(photo, style, options with { MaxMemory = 1 }));
        StylizeOptions tight = options with { MaxMemory = least, OnLevel = picture => tiled.Add(Read(picture).Bytes) };
        byte[] result = transfer.Stylize(photo, style, tight).Bytes;
        Rows rows = new();
        transfer.Stylize(new Rows(photo), style, rows, tight);
        Assert.Equal((2, 4), (whole.Count, tiled.Count));
        Assert.Equal(result, tiled[1]);
        Assert.Equal(rows.Written, tiled[3]);
        for (int i = 0; i < 4; i++)
            StylizeMethods.Near(whole[i % 2], tiled[i]);
    }

    [Fact]
    public void PicturesHaveTheContentsSizeAndNoAlpha()
    {
        using StyleTransfer transfer = new(Model);
        PixelImage cut = Cutout.Ellipse(45, 37), gray = Pictures.Textured(45, 37, 1, PixelLayout.Gray8);
        foreach (PixelImage content in (PixelImage[])[cut, gray])
        {
            byte[] last = [];
            PixelImage result =
                transfer.Stylize(content, Painting, new StylizeOptions { OnLevel = picture => last = Read(picture).Bytes });
            int size = result.Layout.BytesPerPixel();
            Assert.Equal(result.Bytes.Where((_, i) => i % size < 3), last);
        }
    }

    [Fact]
    public void ItsExceptionsPassThrough()
    {
        using StyleTransfer transfer = new(Model);
        PreparedStyle style = transfer.PrepareStyle(Painting);
        int calls = 0;
        StylizeOptions options = new()
        {
            OnLevel = picture =>
            {
                if (++calls == 2)
                    throw new InvalidTimeZoneException("enough");
            },
        };
        byte[] destination = new byte[Photo.Bytes.Length];
        Assert.Equal("enough", Assert.Throws<InvalidTimeZoneException>(
            () => transfer.Stylize(Photo, style, destination, 0, PixelLayout.Rgb24, options)).Message);
        Assert.Equal(2, calls);
        Assert.All(destination, value => Assert.Equal(0, value));
        // Nothing is left of the call.
        Assert.Equal(transfer.Stylize(Photo, style).Bytes, transfer.Stylize(Photo, style, options).Bytes);
    }

    [Fact]
    public void ALevelsOwnSettingsReplaceTheCommonOnes()
    {
        using StyleTransfer transfer = new(Model);
        StylizeOptions common = new() { Strength = 0.3, Transform = FeatureTransform.AdaIn, Levels = [2, 1] };
        byte[] expected = transfer.Stylize(Photo, Painting, common).Bytes;
        StylizeOptions own = new()
        {
            Strength = 0.9,
            Levels =
            [
                new LevelOptions(2) { Strength = 0.3, Transform = FeatureTransform.AdaIn },
                new LevelOptions(1) { Strength = 0.3, Transform = FeatureTransform.AdaIn },
            ],
        };
        Assert.Equal(expected, transfer.Stylize(Photo, Painting, own).Bytes);
        StylizeOptions mixed = own with
        {
            Strength = 0.3,
            Levels = [own.Levels![0], new LevelOptions(1) { Transform = FeatureTransform.AdaIn }],
        };
        Assert.Equal(expected, transfer.Stylize(Photo, Painting, mixed).Bytes);
        // A region's strength is weaker than a level's own.
        PreparedStyle style = transfer.PrepareStyle(Painting, own);
        Assert.Equal(expected, transfer.Stylize(Photo, [new StyleRegion(null, style) { Strength = 0.7 }], own).Bytes);
        // A level that occurs twice may have different settings each time.
        StylizeOptions twice = common with { Levels = [2, new LevelOptions(2) { Strength = 0 }] };
        Assert.NotEqual(
            transfer.Stylize(Photo, Painting, common with { Levels = [2, 2] }).Bytes, transfer.Stylize(Photo, Painting, twice).Bytes);
    }

    private static (int Level, int Pass, byte[] Bytes) Read(LevelPicture picture)
    {
        IPixelReader reader = picture.Picture;
        Assert.Equal(PixelLayout.Rgb24, reader.Layout);
        byte[] bytes = new byte[reader.Height * reader.Width * 3];
        // In bands of several sizes.
        int half = reader.Height / 3 * reader.Width * 3;
        reader.ReadRows(bytes.AsSpan(0, half));
        reader.ReadRows(bytes.AsSpan(half));
        return (picture.Level, picture.Pass, bytes);
    }
}
