using Wct.Net;

namespace Wct.Native.Tests;

/// <summary>Tests that masks, regions and mixtures give the bytes of Wct.Net.</summary>
public sealed unsafe class RegionTests
{
    private const int Width = 37, Height = 29;

    private static readonly PixelImage Photo = Pictures.Textured(Width, Height), First = Pictures.Textured(40, 33, 2),
        Second = Pictures.Textured(31, 30, 3);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void MixedStylesGiveTheEnginesBytes(int mixing)
    {
        Published.Need();
        using NativeModel model = new();
        using StyleTransfer twin = ManagedTwin.Of(model);
        nint* styles = stackalloc nint[] { model.Prepare(First), model.Prepare(Second) };
        nint first = styles[0];
        double* weights = stackalloc double[] { 1.4, 0.6 };
        // The output may be one of the inputs.
        NativeModel.Check(Libwct.Mix(styles, weights, 2, mixing, null, styles));
        byte[] actual = model.Stylize(Photo, styles[0]);
        foreach (nint style in (nint[])[first, styles[0], styles[1]])
            NativeModel.Check(Libwct.FreeStyle(style));
        PreparedStyle mixed = PreparedStyle.Mix([(twin.PrepareStyle(First), 0.7), (twin.PrepareStyle(Second), 0.3)], (StyleMixing)mixing);
        Assert.Equal(twin.Stylize(Photo, mixed).Bytes, actual);
    }

    [Fact]
    public void RegionsGiveTheEnginesBytes()
    {
        Published.Need();
        using NativeModel model = new();
        using StyleTransfer twin = ManagedTwin.Of(model);
        // The second mask has gaps between its rows.
        PixelImage left = Mask(Width, x => x < 15 ? 255 : 0), right = Mask(Width + 6, x => x < 15 ? 0 : x < Width ? 200 : 99);
        nint first = model.Prepare(First), second = model.Prepare(Second);
        byte[] actual = new byte[Photo.Bytes.Length];
        fixed (byte* pixels = Photo.Bytes, output = actual, shares = left.Bytes, other = right.Bytes)
        {
            Libwct.Mask soft = NativeModel.Describe(left, shares, feather: 5), hard = NativeModel.Describe(right, other, feather: 0);
            hard.Width = Width;
            Libwct.Region* regions = stackalloc Libwct.Region[]
            {
                Libwct.RegionDefaults with { Style = first, Mask = &soft },
                Libwct.RegionDefaults with { Style = second, Mask = &hard, Strength = 0.25 },
                Libwct.RegionDefaults with { Style = second },
            };
            Libwct.Picture photo = NativeModel.Describe(Photo, pixels);
            Libwct.Target target = new() { Pixels = output, Bytes = (nuint)actual.Length };
            Libwct.Options options = Libwct.Defaults with { Strength = 0.8 };
            NativeModel.Check(Libwct.StylizeRegions(model.Handle, &photo, regions, 3, &options, &target));
        }

        NativeModel.Check(Libwct.FreeStyle(first));
        NativeModel.Check(Libwct.FreeStyle(second));
        PreparedStyle one = twin.PrepareStyle(First), two = twin.PrepareStyle(Second);
        PixelImage expected = twin.Stylize(
            Photo,
            [
                new(new StyleMask(left.Bytes, Width, Height).Feather(5), one),
                new(new StyleMask(right.Bytes, Width, Height, Width + 6), two) { Strength = 0.25 }, new(null, two),
            ],
            new StylizeOptions { Strength = 0.8 });
        Assert.Equal(expected.Bytes, actual);
    }

    [Fact]
    public void RegionsOfALaterVersionAreRead()
    {
        Published.Need();
        using NativeModel model = new();
        nint style = model.Prepare(First);
        int later = sizeof(Libwct.Region) + 8;
        byte* regions = stackalloc byte[2 * later];
        new Span<byte>(regions, 2 * later).Clear();
        for (int i = 0; i < 2; i++)
            *(Libwct.Region*)(regions + i * later) = Libwct.RegionDefaults with { Size = (uint)later, Style = style };
        byte[] actual = new byte[Photo.Bytes.Length];
        fixed (byte* pixels = Photo.Bytes, output = actual)
        {
            Libwct.Picture photo = NativeModel.Describe(Photo, pixels);
            Libwct.Target target = new() { Pixels = output, Bytes = (nuint)actual.Length };
            NativeModel.Check(Libwct.StylizeRegions(model.Handle, &photo, (Libwct.Region*)regions, 1, null, &target));
            Assert.Equal(model.Stylize(Photo, style), actual);
            NativeModel.Check(Libwct.StylizeRegions(model.Handle, &photo, (Libwct.Region*)regions, 2, null, &target));
        }

        NativeModel.Check(Libwct.FreeStyle(style));
    }

    [Fact]
    public void AMaskedStyleGivesTheEnginesBytes()
    {
        Published.Need();
        using NativeModel model = new();
        using StyleTransfer twin = ManagedTwin.Of(model);
        PixelImage mask = new(First.Width, First.Height, PixelLayout.Gray8);
        for (int i = 0; i < mask.Bytes.Length; i++)
            mask.Bytes[i] = (byte)(i % First.Width * 6);
        nint style = model.PrepareMasked(First, mask, photo: null, Libwct.Defaults);
        byte[] actual = model.Stylize(Photo, style);
        NativeModel.Check(Libwct.FreeStyle(style));
        PreparedStyle expected = twin.PrepareStyle(First, new StyleMask(mask.Bytes, mask.Width, mask.Height));
        Assert.Equal(twin.Stylize(Photo, expected).Bytes, actual);
    }

    [Theory]
    [InlineData(PixelLayout.Rgb24)]
    [InlineData(PixelLayout.Bgra32)]
    public void ALabelsMaskMayOverlapItsPicture(PixelLayout format)
    {
        Published.Need();
        PixelImage labels = new(Width, Height, format);
        for (int i = 0; i < labels.Bytes.Length; i += format.BytesPerPixel())
            new byte[] { 0x12, 0x34, (byte)(i % 7) }.CopyTo(labels.Bytes, i);
        // The first byte of a pixel is red or blue.
        uint color = format == PixelLayout.Rgb24 ? 0x123404u : 0x043412u;
        StyleMask expected = StyleMask.OfLabel(labels, (byte)(color >> 16), 0x34, (byte)color);
        Assert.True(expected.Shares.Contains((byte)255) && expected.Shares.Contains((byte)0));
        fixed (byte* pixels = labels.Bytes)
        {
            Libwct.Picture picture = NativeModel.Describe(labels, pixels);
            NativeModel.Check(Libwct.LabelMask(&picture, color, null, pixels, Width * Height));
        }

        Assert.Equal(expected.Shares.ToArray(), labels.Bytes[..(Width * Height)]);
    }

    private static PixelImage Mask(int width, Func<int, int> share)
    {
        PixelImage mask = new(width, Height, PixelLayout.Gray8);
        for (int i = 0; i < mask.Bytes.Length; i++)
            mask.Bytes[i] = (byte)share(i % width);
        return mask;
    }
}
