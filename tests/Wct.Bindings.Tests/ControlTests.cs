extern alias managed;

using Managed = managed::Wct.Net;
using Transforms = managed::Wct.Net.Transforms;

namespace Wct.Bindings.Tests;

/// <summary>Tests that each option gives the bytes of Wct.Net with the same option.</summary>
public class ControlTests
{
    private static readonly Wct.PixelImage Photo = Pictures.Textured(37, 29), Painting = Pictures.Textured(40, 33, 2);

    private static readonly Dictionary<string, (StylizeOptions Client, Managed.StylizeOptions Managed)> Cases = new()
    {
        ["levels"] = (
            new() { Strength = 0.9, Levels = [new(5) { Strength = 0.1 + 0.2 }, 3, 1, 3] },
            new() { Strength = 0.9, Levels = [new(5) { Strength = 0.1 + 0.2 }, 3, 1, 3] }),
        ["transform"] = (new() { Transform = FeatureTransform.AdaIn }, new() { Transform = Transforms.FeatureTransform.AdaIn }),
        ["transforms of levels"] = (
            new()
            {
                Transform = FeatureTransform.OptimalTransport,
                Levels =
                [
                    new(5) { Transform = FeatureTransform.StyleSwap, Strength = 1 },
                    new(2) { Transform = FeatureTransform.RawStyleSwap }, 1,
                ],
            },
            new()
            {
                Transform = Transforms.FeatureTransform.OptimalTransport,
                Levels =
                [
                    new(5) { Transform = Transforms.FeatureTransform.StyleSwap, Strength = 1 },
                    new(2) { Transform = Transforms.FeatureTransform.RawStyleSwap }, 1,
                ],
            }),
        ["passes"] = (new() { Passes = 2, Levels = [2, 1] }, new() { Passes = 2, Levels = [2, 1] }),
        ["style scale"] = (new() { StyleScale = 1.5 }, new() { StyleScale = 1.5 }),
        ["linear"] = (new() { PreserveColor = ColorPreservation.Linear }, new() { PreserveColor = Managed.ColorPreservation.Linear }),
        ["luminance"] = (
            new() { PreserveColor = new(ColorPreservationMethod.Luminance, 1.0 / 3) },
            new() { PreserveColor = Managed.ColorPreservation.Luminance with { Strength = 1.0 / 3 } }),
        ["histogram"] = (
            new() { PreserveColor = new(ColorPreservationMethod.Histogram, 0.75) },
            new() { PreserveColor = Managed.ColorPreservation.Histogram with { Strength = 0.75 } }),
        ["photo"] = (new() { Photo = new() }, new() { Photo = new() }),
        ["photo with settings"] = (
            new() { Photo = new() { Radius = 3, Epsilon = 0.01, Detail = 2.5 } },
            new() { Photo = new() { Radius = 3, Epsilon = 0.01, Detail = 2.5 } }),
        ["photo without detail"] = (new() { Photo = new() { Detail = 0 } }, new() { Photo = new() { Detail = 0 } }),
    };

    public ControlTests() => NativeLibrary.Need();

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void AnOptionGivesTheManagedLibrarysBytes(string name)
    {
        (StylizeOptions options, Managed.StylizeOptions same) = Cases[name];
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = "cpu" });
        using Managed.StyleTransfer twin = ManagedTwin.Of(transfer);
        byte[] expected = twin.Stylize(Photo, Painting, same).Bytes;
        Assert.Equal(expected, transfer.Stylize(Of(Photo), Of(Painting), options).Bytes);
        Assert.NotEqual(expected, twin.Stylize(Photo, Painting).Bytes);
        using PreparedStyle style = transfer.PrepareStyle(Of(Painting), mask: null, Of(Photo), options);
        Assert.Equal(expected, transfer.Stylize(Of(Photo), style, options).Bytes);
    }

    [Theory]
    [InlineData(StyleMixing.Features)]
    [InlineData(StyleMixing.Covariance)]
    public void MixedStylesGiveTheManagedLibrarysBytes(StyleMixing mixing)
    {
        Wct.PixelImage other = Pictures.Textured(31, 30, 3);
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = "cpu" });
        using Managed.StyleTransfer twin = ManagedTwin.Of(transfer);
        PreparedStyle first = transfer.PrepareStyle(Of(Painting)), second = transfer.PrepareStyle(Of(other));
        using PreparedStyle mixed = PreparedStyle.Mix([(first, 1.4), (second, 0.6)], mixing);
        first.Dispose();
        second.Dispose();
        Managed.PreparedStyle expected = Managed.PreparedStyle.Mix(
            [(twin.PrepareStyle(Painting), 0.7), (twin.PrepareStyle(other), 0.3)], (Managed.StyleMixing)mixing);
        Assert.Equal(twin.Stylize(Photo, expected).Bytes, transfer.Stylize(Of(Photo), mixed).Bytes);
    }

    [Fact]
    public void RegionsAndMasksGiveTheManagedLibrarysBytes()
    {
        Wct.PixelImage labels = new(Photo.Width, Photo.Height);
        for (int i = 0; i < labels.Bytes.Length; i += 3)
            labels.Bytes[i + 2] = (byte)(i / 3 % Photo.Width < 15 ? 7 : 0);
        byte[] shares = [.. Enumerable.Range(0, Photo.Height * 40).Select(i => i % 40 < 15 ? (byte)0 : (byte)200)];
        byte[] part = [.. Enumerable.Range(0, Painting.Width * Painting.Height).Select(i => (byte)(i % Painting.Width * 6))];
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = "cpu" });
        using Managed.StyleTransfer twin = ManagedTwin.Of(transfer);
        using PreparedStyle masked = transfer.PrepareStyle(Of(Painting), new StyleMask(part, Painting.Width, Painting.Height));
        using PreparedStyle plain = transfer.PrepareStyle(Of(Painting), new StylizeOptions { Transform = FeatureTransform.AdaIn });
        StyleRegion[] regions =
        [
            new(StyleMask.OfLabel(Of(labels), 0, 0, 7).Feather(5), masked),
            new(new StyleMask(shares, Photo.Width, Photo.Height, 40), plain) { Strength = 0.25 },
        ];
        StylizeOptions options = new() { Transform = FeatureTransform.AdaIn };
        byte[] actual = transfer.Stylize(Of(Photo), regions, options).Bytes, inPlace = [.. Photo.Bytes];
        transfer.Stylize(new Pixels(inPlace, Photo.Width, Photo.Height), regions, inPlace, 0, PixelLayout.Rgb24, options);
        Assert.Equal(actual, inPlace);

        Managed.PreparedStyle one = twin.PrepareStyle(Painting, new Managed.StyleMask(part, Painting.Width, Painting.Height)),
            two = twin.PrepareStyle(Painting);
        Wct.PixelImage expected = twin.Stylize(
            Photo,
            [
                new Managed.StyleRegion(Managed.StyleMask.OfLabel(labels, 0, 0, 7).Feather(5), one),
                new Managed.StyleRegion(new Managed.StyleMask(shares, Photo.Width, Photo.Height, 40), two) { Strength = 0.25 },
            ],
            new Managed.StylizeOptions { Transform = Transforms.FeatureTransform.AdaIn });
        Assert.Equal(expected.Bytes, actual);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TexturesGiveTheManagedLibrarysBytes(bool tileable)
    {
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = "cpu" });
        using Managed.StyleTransfer twin = ManagedTwin.Of(transfer);
        using PreparedStyle style = transfer.PrepareStyle(Of(Painting));
        PixelImage actual = transfer.Synthesize(style, 48, 32, new TextureOptions
        {
            Seed = ulong.MaxValue - 1,
            Tileable = tileable,
            Strength = 0.9,
            Passes = 2,
            Levels = [new(3) { Strength = 1 }, 1],
            Transform = FeatureTransform.OptimalTransport,
        });
        Wct.PixelImage expected = twin.Synthesize(twin.PrepareStyle(Painting), 48, 32, new Managed.TextureOptions
        {
            Seed = ulong.MaxValue - 1,
            Tileable = tileable,
            Strength = 0.9,
            Passes = 2,
            Levels = [new(3) { Strength = 1 }, 1],
            Transform = Transforms.FeatureTransform.OptimalTransport,
        });
        Assert.Equal((48, 32), (actual.Width, actual.Height));
        Assert.Equal(expected.Bytes, actual.Bytes);
        Assert.Equal(twin.Synthesize(twin.PrepareStyle(Painting), 20, 9).Bytes, transfer.Synthesize(style, 20, 9).Bytes);
    }

    [Fact]
    public void AStyleWithoutStatisticsCanBeWhitened()
    {
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = "cpu" });
        using Managed.StyleTransfer twin = ManagedTwin.Of(transfer);
        using PreparedStyle none = PreparedStyle.None(transfer);
        Wct.PixelImage expected = twin.Stylize(
            Photo, Managed.PreparedStyle.None(twin.Model),
            new Managed.StylizeOptions { Transform = Transforms.FeatureTransform.Whitening });
        Assert.Equal(
            expected.Bytes, transfer.Stylize(Of(Photo), none, new StylizeOptions { Transform = FeatureTransform.Whitening }).Bytes);
    }

    [Fact]
    public void EachLevelsPictureIsReceived()
    {
        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = "cpu" });
        using Managed.StyleTransfer twin = ManagedTwin.Of(transfer);
        List<LevelPicture> levels = [];
        transfer.Stylize(Of(Photo), Of(Painting), new StylizeOptions { Levels = [3, 1], Passes = 2, OnLevel = levels.Add });
        Assert.Equal([(3, 1), (1, 1), (3, 2), (1, 2)], levels.Select(level => (level.Level, level.Pass)));
        Assert.Equal(twin.Stylize(Photo, Painting, new Managed.StylizeOptions { Levels = [3] }).Bytes, levels[0].Picture.Bytes);
        Assert.Throws<DivideByZeroException>(() => transfer.Stylize(
            Of(Photo), Of(Painting), new StylizeOptions { OnLevel = _ => throw new DivideByZeroException() }));
    }

    [Fact]
    public void TransformsHaveTheManagedLibrarysNames()
    {
        Assert.Equal(
            Transforms.FeatureTransform.All.Select(transform => transform.Name), FeatureTransform.All.Select(transform => transform.Name));
        Assert.All(FeatureTransform.All, transform => Assert.Same(transform, FeatureTransform.Named(transform.Name)));
        Assert.Contains("'abacus'", Assert.Throws<ArgumentException>(() => FeatureTransform.Named("abacus")).Message);
    }

    [Fact]
    public void DefaultsAreTheManagedLibrarys()
    {
        Assert.Equal(Values(new Managed.StylizeOptions()), Values(new StylizeOptions()));
        Assert.Equal(Values(new Managed.TextureOptions()), Values(new TextureOptions()));
        Assert.Equal(Values(new Managed.PhotoOptions()), Values(new PhotoOptions()));
        Assert.Equal(Values(Managed.ColorPreservation.Luminance), Values(ColorPreservation.Luminance));

        // The numbers, truth values, names, and the properties that are null.
        static IEnumerable<string> Values(object options) => options.GetType().GetProperties()
            .Where(property => property.GetMethod is { IsStatic: false })
            .Select(property => (property.Name, Value: property.GetValue(options)))
            .Select(property => property.Value switch
            {
                Transforms.FeatureTransform transform => $"{property.Name} {transform.Name}",
                FeatureTransform transform => $"{property.Name} {transform.Name}",
                Managed.ColorPreservation color => $"{property.Name} {color.Method}",
                ColorPreservation color => $"{property.Name} {color.Method}",
                _ => $"{property.Name} {property.Value}",
            })
            .Order();
    }

    private static Pixels Of(Wct.PixelImage image) => new(image.Bytes, image.Width, image.Height);
}
