namespace Wct.Native.Tests;

internal sealed unsafe partial class BadCalls
{
    private IEnumerable<BadCall> Regions() =>
    [
        new("no regions", WctStatus.WCT_INVALID_ARGUMENT, "'regions' is NULL", () => StylizeRegions(null, 1)),
        new("regions of no count", WctStatus.WCT_INVALID_ARGUMENT, "'count' is 0; it can be 1 to 100", () => Regions(Region, 0)),
        new("too many regions", WctStatus.WCT_INVALID_ARGUMENT, "'count' is 101", () => Regions(Region, 101)),
        new("endless regions", WctStatus.WCT_INVALID_ARGUMENT, $"'count' is {nuint.MaxValue}", () => Regions(Region, nuint.MaxValue)),
        new("a region of no size", WctStatus.WCT_INVALID_ARGUMENT, "'regions[0].size' is 0, this version's is 32", () =>
            Regions(Region with { Size = 0 })),
        new("a region of rubbish", WctStatus.WCT_INVALID_ARGUMENT, "'regions[0].size' is 4000000000", () =>
            Regions(Region with { Size = 4_000_000_000 })),
        new("regions of two sizes", WctStatus.WCT_INVALID_ARGUMENT, "'regions[1].size' is 40, 'regions[0].size' is 32", TwoSizes),
        new("a region with something in reserve", WctStatus.WCT_INVALID_ARGUMENT, "'regions[0].reserved' is 5", () =>
            Regions(Region with { Reserved = 5 })),
        new("a region without a style", WctStatus.WCT_INVALID_HANDLE, "'regions[0].style': the style's handle is NULL", () =>
            Regions(Region with { Style = 0 })),
        new("a region with a model", WctStatus.WCT_INVALID_HANDLE, "'regions[0].style': the style's handle 0x", () =>
            Regions(Region with { Style = _model.Handle })),
        new("a region of another model's style", WctStatus.WCT_MODEL_MISMATCH, "another model", () => Regions(
            Region with { Style = _otherStyle })),
        new("a region's strength above 1", WctStatus.WCT_INVALID_ARGUMENT, "The strength of region 0 is 1.5; it must lie in 0..1", () =>
            Regions(Region with { Strength = 1.5 })),
        new("a region's strength below 0", WctStatus.WCT_INVALID_ARGUMENT, "The strength of region 0 is -2", () =>
            Regions(Region with { Strength = -2 })),
        new("a region's strength that is no number", WctStatus.WCT_INVALID_ARGUMENT, "The strength of region 0 is NaN", () =>
            Regions(Region with { Strength = double.NaN })),
        new("a mask of another size", WctStatus.WCT_INVALID_ARGUMENT, "The mask of region 0 has 23x24 pixels, the content has 24x24", () =>
            Regions(Mask with { Width = Side - 1 })),
        new("a mask without shares", WctStatus.WCT_INVALID_ARGUMENT, "'regions[0].mask->shares' is NULL", () =>
            Regions(Mask with { Shares = null })),
        new("a mask of no width", WctStatus.WCT_INVALID_ARGUMENT, "'regions[0].mask' is 0x24 pixels", () =>
            Regions(Mask with { Width = 0 })),
        new("a mask of negative height", WctStatus.WCT_INVALID_ARGUMENT, "'regions[0].mask' is 24x-1 pixels", () =>
            Regions(Mask with { Height = -1 })),
        new("a huge mask", WctStatus.WCT_INVALID_ARGUMENT, "at most 2147483647", () => Regions(
            Mask with { Width = int.MaxValue, Height = int.MaxValue })),
        new("a mask with a byte too few", WctStatus.WCT_INVALID_ARGUMENT,
            "'regions[0].mask->bytes' is 575, 24x24 pixels with stride 0 need 576", () => Regions(Mask with { Bytes = Side * Side - 1 })),
        new("a mask whose rows overlap", WctStatus.WCT_INVALID_ARGUMENT, "'regions[0].mask->stride' is 23", () =>
            Regions(Mask with { Stride = Side - 1 })),
        new("a mask with negative feathers", WctStatus.WCT_INVALID_ARGUMENT, "'regions[0].mask->feather' is -1; it can be 0 to 4000", () =>
            Regions(Mask with { Feather = -1 })),
        new("a mask with too many feathers", WctStatus.WCT_INVALID_ARGUMENT, "'regions[0].mask->feather' is 4001", () =>
            Regions(Mask with { Feather = 4001 })),
        new("a style's mask of another size", WctStatus.WCT_INVALID_ARGUMENT, "The style's mask has 24x12 pixels, the style has 24x24",
            () => PrepareMasked(Mask with { Height = Side / 2 })),
        new("a black mask for a style", WctStatus.WCT_INVALID_ARGUMENT, "The style's mask has no share at any pixel", () =>
            PrepareMasked(Mask)),
        new("a style's mask with too many feathers", WctStatus.WCT_INVALID_ARGUMENT, "'mask->feather' is 5000", () =>
            PrepareMasked(Mask with { Feather = 5000 })),
        new("a photo without pixels for a style", WctStatus.WCT_INVALID_ARGUMENT, "'photo->pixels' is NULL", () =>
            PrepareMasked(null, Picture with { Pixels = null }, Libwct.Defaults)),
        new("no labels", WctStatus.WCT_INVALID_ARGUMENT, "'labels' is NULL", () => Libwct.LabelMask(null, 0, null, _pixels, 5)),
        new("a label that is no color", WctStatus.WCT_INVALID_ARGUMENT, "'color' is 0x1000000; it can be 0 to 0xFFFFFF", () =>
            Label(0x1000000, _pixels, PixelBytes)),
        new("labels without a place", WctStatus.WCT_INVALID_ARGUMENT, "'shares' is NULL", () => Label(0, null, PixelBytes)),
        new("labels with a byte too few", WctStatus.WCT_INVALID_ARGUMENT, "'bytes' is 575, a mask of 24x24 pixels needs 576", () =>
            Label(0, _pixels, Side * Side - 1)),
    ];

    private Libwct.Region Region => Libwct.RegionDefaults with { Style = _style };

    private Libwct.Mask Mask => new() { Shares = _pixels, Bytes = Side * Side, Width = Side, Height = Side };

    private WctStatus Regions(Libwct.Region region, nuint count = 1) => StylizeRegions(&region, count);

    private WctStatus Regions(Libwct.Mask mask) => Regions(Region with { Mask = &mask });

    private WctStatus TwoSizes()
    {
        // The second one has room for the size that it claims.
        Libwct.Region* regions = stackalloc Libwct.Region[] { Region, Region with { Size = 40 }, default };
        return StylizeRegions(regions, 2);
    }

    private WctStatus StylizeRegions(Libwct.Region* regions, nuint count)
    {
        Libwct.Picture photo = Picture;
        Libwct.Target target = Target;
        return Libwct.StylizeRegions(_model.Handle, &photo, regions, count, null, &target);
    }

    private WctStatus PrepareMasked(Libwct.Mask? mask, Libwct.Picture? photo = null, Libwct.Options? options = null)
    {
        Libwct.Picture painting = Picture, content = photo ?? default;
        Libwct.Mask part = mask ?? default;
        Libwct.Options choices = options ?? Libwct.Defaults;
        nint style = 1;
        return Nothing(
            Libwct.PrepareMasked(
                _model.Handle, &painting, mask is null ? null : &part, photo is null ? null : &content, &choices, &style), style);
    }

    private WctStatus Label(uint color, byte* shares, nuint bytes)
    {
        Libwct.Picture labels = Picture;
        return Libwct.LabelMask(&labels, color, null, shares, bytes);
    }
}
