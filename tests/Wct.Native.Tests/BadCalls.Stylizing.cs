namespace Wct.Native.Tests;

internal sealed unsafe partial class BadCalls
{
    private IEnumerable<BadCall> Stylizing() =>
    [
        new("no model to stylize with", WctStatus.WCT_INVALID_HANDLE, "model's handle is NULL", () => Stylize(0, _style)),
        new("a freed model to stylize with", WctStatus.WCT_INVALID_HANDLE, "freed already", () => Stylize(_freedModel, _style)),
        new("no style", WctStatus.WCT_INVALID_HANDLE, "style's handle is NULL", () => Stylize(_model.Handle, 0)),
        new("a freed style", WctStatus.WCT_INVALID_HANDLE, "freed already", () => Stylize(_model.Handle, _freedStyle)),
        new("handles the wrong way round", WctStatus.WCT_INVALID_HANDLE, "is no model", () => Stylize(_style, _model.Handle)),
        new("a style of another model", WctStatus.WCT_MODEL_MISMATCH, "another model", () => Stylize(_model.Handle, _otherStyle)),
        new("a style of other levels", WctStatus.WCT_INVALID_ARGUMENT, "measured at the levels 2, 1, not at 5", () =>
            Stylize(_model.Handle, _shallowStyle)),
        new("no photo", WctStatus.WCT_INVALID_ARGUMENT, "'photo' is NULL", StylizeNothing),
        new("a photo without pixels", WctStatus.WCT_INVALID_ARGUMENT, "'photo->pixels' is NULL", () =>
            Stylize(Picture with { Pixels = null }, Target)),
        new("a photo with a byte too few", WctStatus.WCT_INVALID_ARGUMENT, "'photo->bytes' is 2303", () => Stylize(
            Picture with { Bytes = PixelBytes - 1 }, Target)),
        new("no photo's format", WctStatus.WCT_INVALID_ARGUMENT, "'photo->format' is 7", () =>
            Stylize(Picture with { Format = 7 }, Target)),
        new("no result", WctStatus.WCT_INVALID_ARGUMENT, "'result' is NULL", StylizeToNothing),
        new("a result without pixels", WctStatus.WCT_INVALID_ARGUMENT, "'result->pixels' is NULL", () =>
            Stylize(Picture, Target with { Pixels = null })),
        new("a result with a byte too few", WctStatus.WCT_INVALID_ARGUMENT, "'result->bytes' is 2303", () => Stylize(
            Picture, Target with { Bytes = PixelBytes - 1 })),
        new("a result whose rows overlap", WctStatus.WCT_INVALID_ARGUMENT, "'result->stride' is 95", () =>
            Stylize(Picture, Target with { Stride = 95 })),
        new("a gray result", WctStatus.WCT_INVALID_ARGUMENT, "'result->format' is 4, gray; a result has colors", () =>
            Stylize(Picture, Target with { Format = 4 })),
        new("a result a row further on", WctStatus.WCT_INVALID_ARGUMENT, "overlaps", () => Stylize(
            Picture, Target with { Pixels = _pixels + Side * 4 })),
        new("a result of smaller pixels in place", WctStatus.WCT_INVALID_ARGUMENT, "overlaps", () => Stylize(
            Picture, Target with { Pixels = _pixels, Format = 0 })),
        new("a strength below 0", WctStatus.WCT_INVALID_ARGUMENT, "The strength is -0.01", () => Stylize(
            Libwct.Defaults with { Strength = -0.01 })),
        new("a strength above 1", WctStatus.WCT_INVALID_ARGUMENT, "The strength is 1.01", () => Stylize(
            Libwct.Defaults with { Strength = 1.01 })),
        new("a strength that is no number", WctStatus.WCT_INVALID_ARGUMENT, "The strength is NaN", () => Stylize(
            Libwct.Defaults with { Strength = double.NaN })),
        new("no level to stylize", WctStatus.WCT_INVALID_ARGUMENT, "No level", () => Stylize(Libwct.Defaults with { Levels = _empty })),
        new("no such level to stylize", WctStatus.WCT_INVALID_ARGUMENT, "'options->levels' is '56'", () => Stylize(
            Libwct.Defaults with { Levels = Levels56 })),
        new("hardly any memory to stylize", WctStatus.WCT_INVALID_ARGUMENT, "memory", () =>
            Stylize(Libwct.Defaults with { MaxMemory = 1 })),
        new("options of too small a size", WctStatus.WCT_INVALID_ARGUMENT, "'options->size' is 47", () =>
            Stylize(Libwct.Defaults with { Size = 47 })),
    ];

    private WctStatus Stylize(nint model, nint style)
    {
        Libwct.Picture photo = Picture;
        Libwct.Target target = Target;
        return Libwct.Stylize(model, &photo, style, null, &target);
    }

    private WctStatus Stylize(Libwct.Picture photo, Libwct.Target target) => Libwct.Stylize(_model.Handle, &photo, _style, null, &target);

    private WctStatus Stylize(Libwct.Options options)
    {
        Libwct.Picture photo = Picture;
        Libwct.Target target = Target;
        return Libwct.Stylize(_model.Handle, &photo, _style, &options, &target);
    }

    private WctStatus StylizeNothing()
    {
        Libwct.Target target = Target;
        return Libwct.Stylize(_model.Handle, null, _style, null, &target);
    }

    private WctStatus StylizeToNothing()
    {
        Libwct.Picture photo = Picture;
        return Libwct.Stylize(_model.Handle, &photo, _style, null, null);
    }
}
