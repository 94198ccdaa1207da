using Wct.Net.Models;
using Wct.Net.Tests.Regions;
using Wct.Net.Tests.Transparency;
using Wct.Net.Transforms;
using Wct.Net.Weights;

namespace Wct.Net.Tests.Weights;

/// <summary>Style files of every transform, of masked and of recolored styles.</summary>
public class StoredFeaturesTests
{
    private const int Width = 40, Height = 30;

    private static readonly WctModel Model = RandomModel.Create([4, 6, 8], seed: 2);

    private static readonly PixelImage Photo = Pictures.Textured(40, 36), Painting = Cutout.Holes(Width, Height, 2);

    // Less than a feature pixel of level 3, and more than one of level 2.
    private static readonly StyleMask Dot = Masks.Of(Width, Height, (x, y) => x is > 20 and < 24 && y is > 21 and < 25 ? 255 : 0);

    public static TheoryData<string> Transforms => [.. FeatureTransform.All.Select(transform => transform.Name!)];

    [Theory]
    [MemberData(nameof(Transforms))]
    public void AFileGivesTheBytesOfItsPicture(string name)
    {
        using StyleTransfer transfer = new(Model);
        StyleMask soft = Masks.Of(Width, Height, (x, y) => 6 * x);
        foreach (StyleMask? mask in (StyleMask?[])[null, soft, Dot])
        {
            foreach (ColorPreservation colors in (ColorPreservation[])[ColorPreservation.None, ColorPreservation.Histogram])
            {
                StylizeOptions options = new() { Transform = FeatureTransform.Named(name), PreserveColor = colors };
                PreparedStyle style = transfer.PrepareStyle(Painting, mask, PictureColors.Of(Photo), options);
                byte[] file = Saved(style);
                PreparedStyle read = Loaded(file);
                Assert.Equal(transfer.Stylize(Photo, style, options).Bytes, transfer.Stylize(Photo, read, options).Bytes);
                Assert.Equal(file, Saved(read));
                Assert.Equal(style.IsRecolored, read.IsRecolored);
                Assert.Equal(Levels(style, level => level.IsEmpty), Levels(read, level => level.IsEmpty));
            }
        }
    }

    [Fact]
    public void MetadataAreAsDocumented()
    {
        using StyleTransfer transfer = new(Model);
        Dictionary<string, string> Of(StyleMask? mask, StylizeOptions options) => new(
            StyleFile.Metadata(transfer.PrepareStyle(Painting, mask, PictureColors.Of(Photo), options)));
        Dictionary<string, string> plain = Of(null, new StylizeOptions { Levels = [2, 1] });
        Assert.Equal(["encoders", "format", "format_version", "levels", "ranks"], plain.Keys.Order());
        Assert.Equal(("wct-style", "2", "2,1"), (plain["format"], plain["format_version"], plain["levels"]));
        Assert.Equal(Model.Fingerprint, plain["encoders"]);
        Assert.Matches("^[1-6],[1-4]$", plain["ranks"]);

        StylizeOptions recolored = new() { PreserveColor = ColorPreservation.Linear, Transform = FeatureTransform.AdaIn };
        Dictionary<string, string> all = Of(Dot, recolored);
        Assert.Equal(["empty_levels", "encoders", "format", "format_version", "levels", "ranks", "recolored"], all.Keys.Order());
        Assert.Equal(("3", "true", "3,2,1", ",,"), (all["empty_levels"], all["recolored"], all["levels"], all["ranks"]));
    }

    [Fact]
    public void FeaturesAreStoredAsDocumented()
    {
        using StyleTransfer transfer = new(Model);
        StylizeOptions options = new()
        {
            Levels = [2, new LevelOptions(1) { Transform = FeatureTransform.AdaIn }],
            Transform = FeatureTransform.RawStyleSwap,
        };
        using TensorArchive masked = Archive(transfer.PrepareStyle(Painting, options)),
            whole = Archive(transfer.PrepareStyle(Pictures.Textured(Width, Height), options));
        // The painting's sides are extended to 48x32.
        Assert.Equal([6, 16, 24], masked.Find("level2.features")!.Shape);
        Assert.Equal([16, 24], masked.Find("level2.shares")!.Shape);
        Assert.Equal([6, 16, 24], whole.Find("level2.features")!.Shape);
        Assert.Null(whole.Find("level2.shares"));
        Assert.Null(masked.Find("level1.features"));
    }

    [Fact]
    public void AnOldFileHasNoFeatures()
    {
        WctModel model = WctModel.Load(Stored("model.safetensors"));
        using StyleTransfer transfer = new(model);
        PreparedStyle old = PreparedStyle.Load(Stored("version1.safetensors"), model);
        Assert.False(old.IsRecolored);
        foreach (FeatureTransform transform in FeatureTransform.All.Where(transform => !transform.UsesFeatures))
            transfer.Stylize(Photo, old, new StylizeOptions { Transform = transform });
        Assert.Contains("The transform 'swap' needs the style's features at level 2", Assert.Throws<ArgumentException>(
            () => transfer.Stylize(Photo, old, new StylizeOptions { Transform = FeatureTransform.StyleSwap })).Message);
        Assert.Contains("Linear", Assert.Throws<ArgumentException>(
            () => transfer.Stylize(Photo, old, new StylizeOptions { PreserveColor = ColorPreservation.Linear })).Message);
    }

    [Fact]
    public void DamagedFeaturesAreNamed()
    {
        PreparedStyle style = Prepared();
        const string Features = "level2.features", Shares = "level2.shares";
        float[] values = style.Moments[2].Features!.Values.ToArray(), shares = style.Moments[2].Features!.Shares.ToArray();
        void Refuses(string expected, TensorBlock block) => Assert.Contains(expected, Refused(style, block), StringComparison.Ordinal);
        Refuses(
            "tensor 'level2.features' has shape [2304], it must have three sides and 6 channels",
            TensorBlock.Of(Features, [2304], values));
        Refuses("has shape [8, 16, 18], it must have three sides", TensorBlock.Of(Features, [8, 16, 18], values));
        Refuses("has shape [6, 16, 24, 1], it must", TensorBlock.Of(Features, [6, 16, 24, 1], values));
        Refuses("tensor 'level2.shares' has shape [16, 24], the model's is [24, 16]", TensorBlock.Of(Features, [6, 24, 16], values));
        Refuses("has shape [384], the model's is [16, 24]", TensorBlock.Of(Shares, [384], shares));
        foreach ((float wrong, string text) in ((float, string)[])[(float.NaN, "NaN"), (float.NegativeInfinity, "-Infinity")])
        {
            values[100] = wrong;
            Refuses(
                $"element 100 of tensor 'level2.features' is {text}, not a finite number",
                TensorBlock.Of(Features, [6, 16, 24], values));
        }

        foreach ((float wrong, string text) in ((float, string)[])[(1.5f, "1.5"), (-0.25f, "-0.25")])
        {
            shares[17] = wrong;
            Refuses($"element 17 of tensor 'level2.shares' is {text}; it must lie in 0..1", TensorBlock.Of(Shares, [16, 24], shares));
        }

        shares[17] = float.NaN;
        Refuses("element 17 of tensor 'level2.shares' is NaN, not a finite number", TensorBlock.Of(Shares, [16, 24], shares));
    }

    [Fact]
    public void DamagedFilesAreReadOrRefused()
    {
        static void Load(ByteSource source)
        {
            try
            {
                StyleFile.Load(Safetensors.Read(source), Model);
            }
            catch (ModelMismatchException error)
            {
                throw new WeightsFormatException(source.Name, error.Message, error);
            }
        }

        Assert.InRange(Hostile.Mutations(Saved(Prepared()), 2000, Load), 100, 2000);
    }

    [Fact]
    public void OnlyMixturesOfCovariancesAreStored()
    {
        using StyleTransfer transfer = new(Model);
        PreparedStyle first = transfer.PrepareStyle(Painting), second = transfer.PrepareStyle(Photo);
        PreparedStyle mixed = PreparedStyle.Mix([(first, 1), (second, 2)], StyleMixing.Covariance);
        Assert.Equal(transfer.Stylize(Photo, mixed).Bytes, transfer.Stylize(Photo, Loaded(Saved(mixed))).Bytes);
        Assert.Contains("A mixture of the features of 2 styles can't be written as one style", Assert.Throws<InvalidOperationException>(
            () => Saved(PreparedStyle.Mix([(first, 1), (second, 2)]))).Message);
        Assert.NotEmpty(Saved(PreparedStyle.Mix([(first, 1), (second, 0)])));
    }

    private static PreparedStyle Prepared()
    {
        using StyleTransfer transfer = new(Model);
        return transfer.PrepareStyle(Painting, new StylizeOptions { Levels = [2], Transform = FeatureTransform.RawStyleSwap });
    }

    private static string Refused(PreparedStyle style, TensorBlock replacement)
    {
        using MemoryStream stream = new();
        Safetensors.WriteBlocks(
            stream, [.. StyleFile.Tensors(style).Where(block => block.Name != replacement.Name), replacement], StyleFile.Metadata(style));
        return Assert.Throws<WeightsFormatException>(() => Loaded(stream.ToArray())).Message;
    }

    private static TensorArchive Archive(PreparedStyle style) => Safetensors.Read(new ByteSource("style", Saved(style)));

    private static byte[] Saved(PreparedStyle style)
    {
        using MemoryStream stream = new();
        style.Save(stream);
        return stream.ToArray();
    }

    private static PreparedStyle Loaded(byte[] file)
    {
        using MemoryStream stream = new(file);
        return PreparedStyle.Load(stream, Model);
    }

    private static IEnumerable<T> Levels<T>(PreparedStyle style, Func<StyleMoments, T> of) =>
        style.Levels.Select(level => of(style.Moments[level]));

    private static string Stored(string name) => Path.Combine(Shared.Root, "tests", "Wct.Net.Tests", "Weights", "StyleFiles", name);
}
