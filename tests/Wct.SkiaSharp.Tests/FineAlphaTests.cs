using SkiaSharp;
using Wct.Net;

namespace Wct.SkiaSharp.Tests;

/// <summary>Color types with more than 8 bits per component.</summary>
public sealed class FineAlphaTests : IDisposable
{
    private readonly StyleTransfer _transfer = Bitmaps.Transfer();

    public void Dispose() => _transfer.Dispose();

    public static TheoryData<SKColorType, SKAlphaType> Types
    {
        get
        {
            TheoryData<SKColorType, SKAlphaType> data = new();
            foreach (SKColorType type in new[]
            {
                SKColorType.RgbaF16, SKColorType.RgbaF16Clamped, SKColorType.RgbaF32, SKColorType.Rgba16161616, SKColorType.Rgba10x6,
            })
            {
                data.Add(type, SKAlphaType.Premul);
                data.Add(type, SKAlphaType.Unpremul);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void AlphaIsKeptExactly(SKColorType type, SKAlphaType alphaType)
    {
        // The second one rounds to 0 in 8 bits.
        float[] alphas = [0.3012f, 0.0015f, 0.7003f, 1, 0];
        using SKBitmap bitmap = Bitmaps.Filled(i => [0.2f + 0.7f * (i % 9) / 8, 0.5f, 0.9f, alphas[i % 5]], type, alphaType);
        using SKBitmap styled = bitmap.Stylize(_transfer, _transfer.PrepareStyle(Pictures.Textured(20, 21, 2)));
        float[] before = Alphas(bitmap);
        Assert.Equal(before, Alphas(styled));
        Assert.Contains(before, alpha => alpha > 0 && Math.Abs(alpha * 255 - MathF.Round(alpha * 255)) > 0.1f);
        Assert.NotEqual(Bitmaps.Bytes(bitmap), Bitmaps.Bytes(styled));
    }

    [Theory]
    [InlineData(SKColorType.RgbaF16, SKAlphaType.Premul)]
    [InlineData(SKColorType.RgbaF16, SKAlphaType.Unpremul)]
    [InlineData(SKColorType.RgbaF32, SKAlphaType.Unpremul)]
    public void ColorsOutsideTheRangeAreClipped(SKColorType type, SKAlphaType alphaType)
    {
        PreparedStyle style = _transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        using SKBitmap wide = Bitmaps.Filled(i => [i % 3 == 0 ? 2 : 0.25f, i % 2 == 0 ? -1 : 0.75f, 0.5f, 1], type, alphaType),
            clipped = Bitmaps.Filled(i => [i % 3 == 0 ? 1 : 0.25f, i % 2 == 0 ? 0 : 0.75f, 0.5f, 1], type, alphaType);
        Assert.NotEqual(Bitmaps.Bytes(clipped), Bitmaps.Bytes(wide));
        using SKBitmap expected = clipped.Stylize(_transfer, style), actual = wide.Stylize(_transfer, style);
        Assert.Equal(Bitmaps.Bytes(expected), Bitmaps.Bytes(actual));
        Assert.All(Bitmaps.ReadFloats(actual), value => Assert.InRange(value, 0, 1));
    }

    [Fact]
    public void AnAlphaOutsideTheRangeIsClipped()
    {
        PreparedStyle style = _transfer.PrepareStyle(Pictures.Textured(20, 21, 2));
        float[] alphas = [1.5f, -0.5f, float.NaN, float.PositiveInfinity, 0.3012f];
        using SKBitmap bitmap = Bitmaps.Filled(
            i => [0.2f + 0.7f * (i % 9) / 8, 0.5f, 0.9f, alphas[i % 5]], SKColorType.RgbaF32, SKAlphaType.Unpremul);
        using SKBitmap styled = bitmap.Stylize(_transfer, style);
        Assert.All(Bitmaps.ReadFloats(styled), value => Assert.InRange(value, 0, 1));
        Assert.Equal([1, 0, 0, 1, 0.3012f], Alphas(styled)[..5]);
    }

    private static float[] Alphas(SKBitmap bitmap) => [.. Bitmaps.ReadFloats(bitmap).Where((_, i) => i % 4 == 3)];
}
