using Wct.Kernels;
using Wct.Net.Colors;
using Wct.Net.Models;
using Wct.Net.Pipeline;
using Wct.Net.Tests.Pipeline;
using Wct.Net.Tests.Transparency;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Colors;

/// <summary>Color preservation through the public methods.</summary>
public class ColorPreservationTests
{
    private const int Width = 44, Height = 36;

    private static readonly WctModel Model = RandomModel.Create([6, 8, 10], seed: 2);

    private static readonly PixelImage Content = Dull(Pictures.Textured(Width, Height)), Painting = Pictures.Textured(48, 32, 2);

    public static TheoryData<string> Devices => ["reference", .. EveryBackend.Fast];

    public static TheoryData<ColorPreservationMethod> Methods =>
        [ColorPreservationMethod.Linear, ColorPreservationMethod.Luminance, ColorPreservationMethod.Histogram];

    // The style's pixels, mapped in plain loops, have the content's mean and covariance, and are what is measured.
    [Theory]
    [MemberData(nameof(Devices))]
    public void LinearGivesTheStylesPixelsTheContentsMoments(string device)
    {
        using Backend backend = EveryBackend.Open(device);
        using StyleTransfer transfer = new(Model, backend, ownsBackend: false);
        using Cascade cascade = new(backend, Model);
        ColorStatistics statistics = new();
        statistics.Add(Painting.Bytes, Painting.Width, 0, Painting.Height, visibility: null);
        PictureColors colors = PictureColors.Of(Content);
        AffineMap map = LinearRecoloring.Map(statistics, colors.Statistics, 1);
        int pixels = Painting.Width * Painting.Height;
        double[] planes = [.. Enumerable.Range(0, 3 * pixels).Select(i => Painting.Bytes[i % pixels * 3 + i / pixels] / 255.0)];
        float[] recolored = Array.ConvertAll(
            Transforms.PlainMoments.Apply(planes, map.Matrix, map.Center, map.Offset), value => (float)value);
        // The content's contrast is so low that nothing must be clamped.
        Assert.All(recolored, value => Assert.InRange(value, 0, 1));
        FeatureMoments moments = Transforms.PlainMoments.Of(recolored, 3);
        Accuracy.Check("mean", 1e-12, (double[])[.. colors.Mean], moments.Mean);
        Accuracy.Check("covariance", 1e-10, (double[])[.. colors.Covariance], moments.Covariance);

        Dictionary<int, StyleMoments> expected =
            cascade.Measure(backend, backend.Tensor(new TensorShape(3, Painting.Height, Painting.Width), recolored), [3, 2, 1]);
        PreparedStyle actual =
            transfer.PrepareStyle(Painting, null, colors, new StylizeOptions { PreserveColor = ColorPreservation.Linear });
        foreach (int level in actual.Levels)
        {
            Accuracy.Check($"mean of {level}", 1e-11, expected[level].Mean, actual.Moments[level].Mean);
            Accuracy.Check($"covariance of {level}", 1e-9, expected[level].Covariance, actual.Moments[level].Covariance);
        }
    }

    // With the histogram of the content, the style is a picture of bytes again.
    [Fact]
    public void HistogramMeasuresTheMatchedPicture()
    {
        using StyleTransfer transfer = new(Model);
        ColorStatistics statistics = new();
        statistics.Add(Painting.Bytes, Painting.Width, 0, Painting.Height, visibility: null);
        PixelImage matched = new([.. Painting.Bytes], Painting.Width, Painting.Height);
        new HistogramRecoloring(statistics, PictureColors.Of(Content).Statistics, 0.8).Apply(matched.Bytes);
        StylizeOptions options = new() { PreserveColor = ColorPreservation.Histogram with { Strength = 0.8 } };
        Assert.Equal(transfer.Stylize(Content, matched).Bytes, transfer.Stylize(Content, Painting, options).Bytes);
    }

    [Theory]
    [MemberData(nameof(Devices))]
    public void LuminanceIsTheResultsAndColorsAreTheContents(string device)
    {
        using StyleTransfer transfer = new(Model, EveryBackend.Open(device));
        PreparedStyle style = transfer.PrepareStyle(Painting);
        byte[] plain = transfer.Stylize(Content, style).Bytes;
        foreach (double strength in (double[])[1, 0.25])
        {
            StylizeOptions options = new() { PreserveColor = ColorPreservation.Luminance with { Strength = strength } };
            byte[] actual = transfer.Stylize(Content, style, options).Bytes;
            Check(plain, Content.Bytes, actual, strength);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void StrengthZeroChangesNothing(ColorPreservationMethod method)
    {
        using StyleTransfer transfer = new(Model);
        StylizeOptions options = new() { PreserveColor = Of(method) with { Strength = 0 } };
        byte[] expected = transfer.Stylize(Content, Painting).Bytes;
        Assert.Equal(expected, transfer.Stylize(Content, Painting, options).Bytes);
        // Colors of the content are not needed.
        Assert.Equal(expected, transfer.Stylize(Content, transfer.PrepareStyle(Painting, options), options).Bytes);
        Rows result = new();
        transfer.Stylize(new Rows(Content), new Rows(Painting), result, options);
        Assert.Equal(expected, result.Written);
        Assert.NotEqual(expected, transfer.Stylize(Content, Painting, options with { PreserveColor = Of(method) }).Bytes);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void AStyleThatIsPreparedWithTheContentsColorsGivesTheSameBytes(ColorPreservationMethod method)
    {
        using StyleTransfer transfer = new(Model);
        StylizeOptions options = new() { PreserveColor = Of(method) with { Strength = 0.9 } };
        byte[] expected = transfer.Stylize(Content, Painting, options).Bytes;
        foreach (PictureColors colors in (PictureColors[])[PictureColors.Of(Content), PictureColors.Of(new Rows(Content))])
        {
            PreparedStyle style = transfer.PrepareStyle(Painting, null, colors, options);
            Assert.Equal(method != ColorPreservationMethod.Luminance, style.IsRecolored);
            Assert.Equal(expected, transfer.Stylize(Content, style, options).Bytes);
            PreparedStyle read = transfer.PrepareStyle(new Rows(Painting), null, colors, options);
            Rows result = new();
            transfer.Stylize(new Rows(Content), read, result, options);
            Assert.Equal(expected, result.Written);
            // Without the option, the colors are ignored.
            Assert.False(transfer.PrepareStyle(Painting, null, colors).IsRecolored);
        }
    }

    [Theory]
    [InlineData(ColorPreservationMethod.Linear)]
    [InlineData(ColorPreservationMethod.Histogram)]
    public void MissingColorsAreNamed(ColorPreservationMethod method)
    {
        using StyleTransfer transfer = new(Model);
        StylizeOptions options = new() { PreserveColor = Of(method) };
        PreparedStyle plain = transfer.PrepareStyle(Painting);
        Rows content = new(Content), painting = new(Painting);
        string expected = $"The color preservation '{method}' changes the style's pixels, and the style was prepared without the content's "
            + "colors. Prepare it with these, or use 'Luminance'.";
        Action[] calls =
        [
            () => transfer.PrepareStyle(Painting, options), () => transfer.PrepareStyle(painting, options),
            () => transfer.PrepareStyle(Painting, null, null, options), () => transfer.Stylize(Content, plain, options),
            () => transfer.Stylize(Content, [new StyleRegion(null, plain)], options),
            () => transfer.Stylize(content, painting, new Rows(), options),
            () => transfer.Stylize(content, painting, new Rows(), options with { StyleScale = 0.5 }),
        ];
        Assert.All(calls, call => Assert.StartsWith(expected, Assert.Throws<ArgumentException>(call).Message));
        // Nothing was read.
        Rows result = new();
        transfer.Stylize(content, painting, result);
        Assert.Equal(transfer.Stylize(Content, Painting).Bytes, result.Written);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void GrayContentsGiveGrayColors(ColorPreservationMethod method)
    {
        using StyleTransfer transfer = new(Model);
        PixelImage gray = Pictures.Textured(Width, Height, 1, PixelLayout.Gray8), rgb = new(Width, Height);
        for (int i = 0; i < gray.Bytes.Length; i++)
            rgb.Bytes.AsSpan(3 * i, 3).Fill(gray.Bytes[i]);
        StylizeOptions options = new() { PreserveColor = Of(method), Photo = new PhotoOptions() };
        PixelImage result = transfer.Stylize(gray, Painting, options);
        Assert.Equal(PixelLayout.Rgb24, result.Layout);
        Assert.Equal(transfer.Stylize(rgb, Painting, options).Bytes, result.Bytes);
        if (method == ColorPreservationMethod.Luminance)
            Assert.All(result.Bytes.Chunk(3), pixel => Assert.InRange(pixel.Max() - pixel.Min(), 0, 1));
        Assert.Equal(PictureColors.Of(rgb).Covariance, PictureColors.Of(gray).Covariance);
    }

    [Theory]
    [InlineData(PixelLayout.RgbaPremultiplied, PixelLayout.Rgba32)]
    [InlineData(PixelLayout.BgraPremultiplied, PixelLayout.Bgra32)]
    public void PremultipliedResultsAreStraightResultsTimesAlpha(PixelLayout format, PixelLayout straight)
    {
        using StyleTransfer transfer = new(Model);
        PixelImage premultiplied = Cutout.Premultiply(Cutout.Ellipse(61, 47, straight), format);
        PixelImage divided = new([.. premultiplied.Bytes], 61, 47, 0, straight);
        Wct.Premultiplied.Divide(divided.Bytes);
        foreach (ColorPreservationMethod method in Enum.GetValues<ColorPreservationMethod>())
        {
            StylizeOptions options = new() { PreserveColor = Of(method), Photo = new PhotoOptions { Radius = 3 } };
            byte[] expected = Cutout.Premultiply(transfer.Stylize(divided, Painting, options), format).Bytes;
            Assert.Equal(expected, transfer.Stylize(premultiplied, Painting, options).Bytes);
            Rows result = new();
            PreparedStyle style = transfer.PrepareStyle(Painting, null, PictureColors.Of(premultiplied), options);
            transfer.Stylize(new Rows(premultiplied), style, result, options);
            Assert.Equal(expected, result.Written);
        }
    }

    // The content's colors are needed after the first rows of the result were written over them.
    [Theory]
    [InlineData(PixelLayout.Rgb24)]
    [InlineData(PixelLayout.BgraPremultiplied)]
    public void ThePictureMayBeReplacedInPlace(PixelLayout layout)
    {
        using StyleTransfer transfer = new(Model);
        PixelImage content = layout == PixelLayout.Rgb24
            ? Pictures.Textured(61, 150) : Cutout.Premultiply(Cutout.Ellipse(61, 150, PixelLayout.Bgra32), layout);
        StylizeOptions options = new() { PreserveColor = ColorPreservation.Luminance, Photo = new PhotoOptions() };
        PreparedStyle style = transfer.PrepareStyle(Painting);
        byte[] expected = transfer.Stylize(content, style, options).Bytes;
        transfer.Stylize(content, style, content.Bytes, content.Stride, layout, options);
        Assert.Equal(expected, content.Bytes);
    }

    // Luminance and photo mode need no style as a picture, so they work with mixtures and regions.
    [Fact]
    public void RegionsAreFinishedTogether()
    {
        using StyleTransfer transfer = new(Model);
        StyleMask mask = new([.. Enumerable.Range(0, Width * Height).Select(i => (byte)(i % Width * 5))], Width, Height);
        StyleRegion[] regions = [new(mask, transfer.PrepareStyle(Painting)), new(null, transfer.PrepareStyle(Content))];
        byte[] plain = transfer.Stylize(Content, regions).Bytes;
        StylizeOptions options = new() { PreserveColor = ColorPreservation.Luminance };
        Check(plain, Content.Bytes, transfer.Stylize(Content, regions, options).Bytes, strength: 1);
    }

    // Result = content + (luminance of the result - luminance of the content), clamped. The plain result is known to half a byte only.
    private static void Check(byte[] plain, byte[] content, byte[] actual, double strength)
    {
        static double Luminance(byte[] rgb, int at) => 0.299 * rgb[at] + 0.587 * rgb[at + 1] + 0.114 * rgb[at + 2];
        for (int i = 0; i < actual.Length; i++)
        {
            double shift = Luminance(plain, i / 3 * 3) - Luminance(content, i / 3 * 3);
            double expected = strength * Math.Clamp(content[i] + shift, 0, 255) + (1 - strength) * plain[i];
            Assert.InRange(actual[i] - expected, -1.01, 1.01);
        }
    }

    private static ColorPreservation Of(ColorPreservationMethod method) => method switch
    {
        ColorPreservationMethod.Linear => ColorPreservation.Linear,
        ColorPreservationMethod.Luminance => ColorPreservation.Luminance,
        ColorPreservationMethod.Histogram => ColorPreservation.Histogram,
        _ => ColorPreservation.None,
    };

    // Colors near the middle, which differ from channel to channel.
    private static PixelImage Dull(PixelImage image)
    {
        for (int i = 0; i < image.Bytes.Length; i++)
            image.Bytes[i] = (byte)(100 + 20 * (i % 3) + image.Bytes[i] / 8);
        return image;
    }
}
