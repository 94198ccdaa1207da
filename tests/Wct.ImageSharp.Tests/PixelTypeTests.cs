using System.Numerics;
using System.Reflection;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using Wct.Net;

namespace Wct.ImageSharp.Tests;

/// <summary>Stylizes images of every pixel type that ImageSharp has.</summary>
public sealed class PixelTypeTests(ITestOutputHelper output)
{
    // A component's largest difference: half a step of 4 bits.
    private const float Largest = 0.034f;

    public static TheoryData<string> Types =>
    [
        .. typeof(Rgba32).Assembly.GetExportedTypes().Where(type => type.IsValueType && typeof(IPixel).IsAssignableFrom(type))
            .Select(type => type.Name).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void TheListHasTheUsualTypes() => Assert.Superset(
        new HashSet<string> { "Rgb24", "Rgba32", "Bgr24", "Bgra32", "Argb32", "L8", "L16", "La16", "La32", "Rgb48", "Rgba64", "A8" },
        Types.Select(row => row.Data).ToHashSet());

    [Theory]
    [MemberData(nameof(Types))]
    public void EveryPixelTypeIsStylizedOrNamed(string name)
    {
        Type type = typeof(Rgba32).Assembly.GetExportedTypes().Single(type => type.Name == name && typeof(IPixel).IsAssignableFrom(type));
        MethodInfo check = typeof(PixelTypeTests).GetMethod(
            name == nameof(A8) ? nameof(IsNamed) : nameof(IsStylized), BindingFlags.NonPublic | BindingFlags.Instance)!;
        check.MakeGenericMethod(type).Invoke(this, BindingFlags.DoNotWrapExceptions, null, [], null);
    }

    private void IsStylized<TPixel>()
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using StyleTransfer transfer = Images.Transfer();
        using Image<TPixel> image = Images.Make<TPixel>();
        using Image<TPixel> original = image.Clone();
        PreparedStyle style = transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        PixelImage expected = transfer.Stylize(Images.Read(original), style);
        image.Mutate(x => x.Stylize(transfer, style));
        float largest = 0, change = 0;
        for (int i = 0; i < expected.Width * expected.Height; i++)
        {
            int x = i % expected.Width, y = i / expected.Width;
            Rgba32 color = new(expected.Bytes[4 * i], expected.Bytes[4 * i + 1], expected.Bytes[4 * i + 2], expected.Bytes[4 * i + 3]);
            TPixel converted = default;
            converted.FromRgba32(color);
            Vector4 old = original[x, y].ToScaledVector4(), own = image[x, y].ToScaledVector4();
            // Alpha is the same to the last bit.
            Assert.Equal(old.W, own.W);
            Vector4 error = Vector4.Abs(converted.ToScaledVector4() - own) * new Vector4(1, 1, 1, 0);
            Vector4 step = Vector4.Abs(old - own) * new Vector4(1, 1, 1, 0);
            largest = Math.Max(largest, Math.Max(error.X, Math.Max(error.Y, error.Z)));
            change = Math.Max(change, Math.Max(step.X, Math.Max(step.Y, step.Z)));
        }

        output.WriteLine($"up to {255 * largest} of 255 apart");
        Assert.InRange(largest, 0, typeof(TPixel) == typeof(Bgra4444) ? Largest : 0.002f);
        Assert.True(change > 0.1f, "not stylized");
        // A style of that type is measured by the same colors.
        byte[] ofPixels = transfer.Stylize(Pictures.Textured(16, 16), transfer.PrepareStyle(Images.Read(original))).Bytes,
            ofImage = transfer.Stylize(Pictures.Textured(16, 16), transfer.PrepareStyle(original)).Bytes;
        Assert.Equal(ofPixels, ofImage);
    }

    private void IsNamed<TPixel>()
        where TPixel : unmanaged, IPixel<TPixel>
    {
        using StyleTransfer transfer = Images.Transfer();
        using Image<TPixel> image = Images.Make<TPixel>();
        PreparedStyle style = transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        Assert.StartsWith(
            "The image's pixel type is A8, which has alpha but no colors.",
            Assert.Throws<ArgumentException>("context", () => image.Mutate(x => x.Stylize(transfer, style))).Message);
        Assert.StartsWith(
            "The style's pixel type is A8, which has alpha but no colors.",
            Assert.Throws<ArgumentException>("style", () => transfer.PrepareStyle(image)).Message);
        Assert.Throws<ArgumentException>("image", () => image.ToPixelImage());
        output.WriteLine("named");
    }

    // The rounding of PNG files with 16 bits: to the nearest.
    [Fact]
    public void SamplesOf16BitsAreRoundedToTheNearest()
    {
        using Image<L16> image = new(256, 256);
        for (int value = 0; value <= ushort.MaxValue; value++)
            image[value % 256, value / 256] = new L16((ushort)value);
        byte[] read = image.ToPixelImage().Bytes;
        for (int value = 0; value <= ushort.MaxValue; value++)
            Assert.Equal((byte)Math.Round(value / 257.0), read[3 * value]);
    }
}
