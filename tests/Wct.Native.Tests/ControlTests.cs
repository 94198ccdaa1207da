using Wct.Net;
using Wct.Net.Transforms;

namespace Wct.Native.Tests;

/// <summary>Tests that each option gives the bytes of Wct.Net with the same option.</summary>
public sealed unsafe class ControlTests
{
    private static readonly PixelImage Photo = Pictures.Textured(37, 29), Painting = Pictures.Textured(40, 33, 2);


    private static readonly Dictionary<string, (Func<Libwct.Options, Libwct.Options> Native, StylizeOptions Managed)> Cases = new()
    {
        ["strengths of levels"] = (options => options with { Strengths = Libwct.Text("5:0.4,1:1") },
            new() { Levels = [new(5) { Strength = 0.4 }, 4, 3, 2, new(1) { Strength = 1 }] }),
        ["a strength for the other levels"] = (
            options => options with { Levels = Libwct.Text("131"), Strengths = Libwct.Text("0.9,3:0.1"), Strength = 7 },
            new() { Levels = [1, new(3) { Strength = 0.1 }, 1], Strength = 0.9 }),
        ["a transform"] = (options => options with { Transform = Libwct.Text("adain") }, new() { Transform = FeatureTransform.AdaIn }),
        ["transforms of levels"] = (options => options with { Transform = Libwct.Text("ot,5:swap,2:swap-raw") },
            new()
            {
                Transform = FeatureTransform.OptimalTransport,
                Levels =
                [
                    new(5) { Transform = FeatureTransform.StyleSwap }, 4, 3, new(2) { Transform = FeatureTransform.RawStyleSwap }, 1,
                ],
            }),
        ["both"] = (
            options => options with { Transform = Libwct.Text("3:ot"), Strengths = Libwct.Text("3:0.2"), Levels = Libwct.Text("3") },
            new() { Levels = [new(3) { Strength = 0.2, Transform = FeatureTransform.OptimalTransport }] }),
        ["passes"] = (options => options with { Passes = 2, Levels = Libwct.Text("21") }, new() { Passes = 2, Levels = [2, 1] }),
        ["style scale"] = (options => options with { StyleScale = 1.5 }, new() { StyleScale = 1.5 }),
        ["luminance"] = (options => options with { PreserveColor = Libwct.Text("luminance:0.5") },
            new() { PreserveColor = ColorPreservation.Luminance with { Strength = 0.5 } }),
        ["linear"] = (options => options with { PreserveColor = Libwct.Text("linear") },
            new() { PreserveColor = ColorPreservation.Linear }),
        ["histogram"] = (options => options with { PreserveColor = Libwct.Text("histogram:0.75") },
            new() { PreserveColor = ColorPreservation.Histogram with { Strength = 0.75 } }),
        ["no colors"] = (options => options with { PreserveColor = Libwct.Text("none") }, new()),
        ["photo"] = (options => options with { Photo = 1 }, new() { Photo = new() }),
        ["photo with settings"] = (options => options with { Photo = 1, PhotoRadius = 3, PhotoEpsilon = 0.01, PhotoDetail = 2.5 },
            new() { Photo = new() { Radius = 3, Epsilon = 0.01, Detail = 2.5 } }),
        ["photo without detail"] = (options => options with { Photo = 1, PhotoDetail = -1 }, new() { Photo = new() { Detail = 0 } }),
        ["all at once"] = (
            options => options with
            {
                Levels = Libwct.Text("321"),
                Strengths = Libwct.Text("2:0.3"),
                Transform = Libwct.Text("adain"),
                Passes = 2,
                Photo = 1,
                PreserveColor = Libwct.Text("linear:0.5"),
                StyleScale = 0.5,
            },
            new()
            {
                Levels = [3, new(2) { Strength = 0.3 }, 1],
                Transform = FeatureTransform.AdaIn,
                Passes = 2,
                Photo = new(),
                PreserveColor = ColorPreservation.Linear with { Strength = 0.5 },
                StyleScale = 0.5,
            }),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void AnOptionGivesTheEnginesBytes(string name)
    {
        Published.Need();
        using NativeModel model = new();
        using StyleTransfer twin = ManagedTwin.Of(model);
        (Func<Libwct.Options, Libwct.Options> native, StylizeOptions options) = Cases[name];
        Libwct.Options given = native(Libwct.Defaults);
        nint style = model.PrepareMasked(Painting, mask: null, Photo, given);
        byte[] actual = model.Stylize(Photo, style, given);
        NativeModel.Check(Libwct.FreeStyle(style));
        PreparedStyle measured = twin.PrepareStyle(Painting, mask: null, PictureColors.Of(Photo), options);
        Assert.Equal(twin.Stylize(Photo, measured, options).Bytes, actual);
        bool changes = options != new StylizeOptions();
        Assert.Equal(changes, !twin.Stylize(Photo, twin.PrepareStyle(Painting)).Bytes.SequenceEqual(actual));
    }

    [Fact]
    public void AStyleWithoutStatisticsCanBeWhitened()
    {
        Published.Need();
        using NativeModel model = new();
        using StyleTransfer twin = ManagedTwin.Of(model);
        nint none;
        NativeModel.Check(Libwct.NoStyle(model.Handle, &none));
        byte[] actual = model.Stylize(Photo, none, Libwct.Defaults with { Transform = Libwct.Text("whiten") });
        NativeModel.Check(Libwct.FreeStyle(none));
        StylizeOptions whiten = new() { Transform = FeatureTransform.Whitening };
        Assert.Equal(twin.Stylize(Photo, PreparedStyle.None(twin.Model), whiten).Bytes, actual);
    }

    [Fact]
    public void SettingsOfAModelWithoutSomeLevelsAreForItsLevels()
    {
        Published.Need();
        using TemporaryFolder folder = new();
        Net.Models.RandomModel.Create([4, 6], seed: 3).Save(folder.File("m.safetensors"));
        using NativeModel model = new(folder.File("m.safetensors"));
        using StyleTransfer twin = ManagedTwin.Of(model, folder.File("m.safetensors"));
        nint style = model.Prepare(Painting);
        byte[] actual = model.Stylize(Photo, style, Libwct.Defaults with { Strengths = Libwct.Text("2:0.1") });
        NativeModel.Check(Libwct.FreeStyle(style));
        StylizeOptions options = new() { Levels = [new(2) { Strength = 0.1 }, 1] };
        Assert.Equal(twin.Stylize(Photo, twin.PrepareStyle(Painting), options).Bytes, actual);
    }
}
