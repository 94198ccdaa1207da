namespace Wct.Native.Tests;

internal sealed unsafe partial class BadCalls
{
    private IEnumerable<BadCall> Styles() =>
    [
        new("no place for a style", WctStatus.WCT_INVALID_ARGUMENT, "'style' is NULL", () =>
            Libwct.Prepare(_model.Handle, null, null, null)),
        new("no model to measure with", WctStatus.WCT_INVALID_HANDLE, "model's handle is NULL", () => Prepare(0, Picture)),
        new("a freed model to measure with", WctStatus.WCT_INVALID_HANDLE, "freed already", () => Prepare(_freedModel, Picture)),
        new("a style to measure with", WctStatus.WCT_INVALID_HANDLE, "is no model", () => Prepare(_style, Picture)),
        new("no painting", WctStatus.WCT_INVALID_ARGUMENT, "'painting' is NULL", PrepareNothing),
        new("a painting without pixels", WctStatus.WCT_INVALID_ARGUMENT, "'painting->pixels' is NULL", () =>
            Prepare(Picture with { Pixels = null })),
        new("a painting of no width", WctStatus.WCT_INVALID_ARGUMENT, "0x24", () => Prepare(Picture with { Width = 0 })),
        new("a painting of negative width", WctStatus.WCT_INVALID_ARGUMENT, "-1x24", () => Prepare(Picture with { Width = -1 })),
        new("a painting of no height", WctStatus.WCT_INVALID_ARGUMENT, "24x0", () => Prepare(Picture with { Height = 0 })),
        new("a painting of negative height", WctStatus.WCT_INVALID_ARGUMENT, "24x-2147483648", () =>
            Prepare(Picture with { Height = int.MinValue })),
        new("a huge painting", WctStatus.WCT_INVALID_ARGUMENT, "at most 2147483647", () => Prepare(
            Picture with { Width = int.MaxValue, Height = int.MaxValue })),
        new("a painting with a byte too few", WctStatus.WCT_INVALID_ARGUMENT,
            "'painting->bytes' is 2303, 24x24 pixels with stride 0 need 2304",
            () => Prepare(Picture with { Bytes = PixelBytes - 1 })),
        new("rows that overlap", WctStatus.WCT_INVALID_ARGUMENT, "'painting->stride' is 95 bytes, a row of 24 pixels needs 96", () =>
            Prepare(Picture with { Stride = 95 })),
        new("a stride below 0", WctStatus.WCT_INVALID_ARGUMENT, "'painting->stride' is -96", () => Prepare(Picture with { Stride = -96 })),
        new("a stride beyond the bytes", WctStatus.WCT_INVALID_ARGUMENT, "with stride 97 need 2327", () =>
            Prepare(Picture with { Stride = 97 })),
        new("a format below 0", WctStatus.WCT_INVALID_ARGUMENT, "'painting->format' is -1; it can be 0 to 6", () =>
            Prepare(Picture with { Format = -1 })),
        new("no format", WctStatus.WCT_INVALID_ARGUMENT, "'painting->format' is 7", () => Prepare(Picture with { Format = 7 })),
        new("a painting of which nothing is visible", WctStatus.WCT_INVALID_ARGUMENT, "no visible pixel", () => Prepare(Picture)),
        new("options of no size", WctStatus.WCT_INVALID_ARGUMENT, "'options->size' is 0, this version's is 136", () =>
            Prepare(Libwct.Defaults with { Size = 0 })),
        new("reserved bits", WctStatus.WCT_INVALID_ARGUMENT, "'options->reserved' is 1", () =>
            Prepare(Libwct.Defaults with { Reserved = 1 })),
        new("no level", WctStatus.WCT_INVALID_ARGUMENT, "No level", () => Prepare(Libwct.Defaults with { Levels = _empty })),
        new("no such level", WctStatus.WCT_INVALID_ARGUMENT, "'options->levels' is '56'", () => Prepare(
            Libwct.Defaults with { Levels = Levels56 })),
        new("no digits", WctStatus.WCT_INVALID_ARGUMENT, "'options->levels' is 'abacus'", () => Prepare(
            Libwct.Defaults with { Levels = Abacus })),
        new("memory below 0", WctStatus.WCT_INVALID_ARGUMENT, "'options->max_memory' is -1", () =>
            Prepare(Libwct.Defaults with { MaxMemory = -1 })),
        new("hardly any memory", WctStatus.WCT_INVALID_ARGUMENT, "memory", () => Prepare(Libwct.Defaults with { MaxMemory = 1 })),
        new("a style freed twice", WctStatus.WCT_INVALID_HANDLE, "freed already", () => Libwct.FreeStyle(_freedStyle)),
        new("a model freed as a style", WctStatus.WCT_INVALID_HANDLE, "is no style", () => Libwct.FreeStyle(_model.Handle)),
        new("an address freed as a style", WctStatus.WCT_INVALID_HANDLE, "never given out", () => Libwct.FreeStyle((nint)_pixels)),
    ];

    private IEnumerable<BadCall> StyleFiles() =>
    [
        new("a style without a path", WctStatus.WCT_INVALID_ARGUMENT, "'path' is NULL", () => OpenStyle(_model.Handle, null)),
        new("a missing style", WctStatus.WCT_FILE_ERROR, "missing.safetensors", () => OpenStyle(_model.Handle, _missing)),
        new("a damaged style", WctStatus.WCT_FORMAT_ERROR, "damaged.safetensors", () => OpenStyle(_model.Handle, _damaged)),
        new("a model as a style", WctStatus.WCT_FORMAT_ERROR, "'wct', a style's is 'wct-style'", () => OpenStyle(_model.Handle, _path)),
        new("another model's style", WctStatus.WCT_MODEL_MISMATCH, "another model", () => OpenStyle(_model.Handle, _otherStyleFile)),
        new("a style for a freed model", WctStatus.WCT_INVALID_HANDLE, "freed already", () => OpenStyle(_freedModel, _otherStyleFile)),
        new("no place for an opened style", WctStatus.WCT_INVALID_ARGUMENT, "'style' is NULL", () =>
            Libwct.OpenStyle(_other.Handle, _otherStyleFile, null)),
        new("a style opened with reserved bits", WctStatus.WCT_INVALID_ARGUMENT, "'options->reserved' is 1", OpenStyleWithReserved),
        new("a style saved with errors without a place", WctStatus.WCT_INVALID_ARGUMENT, "'options->error' is NULL", SaveStyleWithoutPlace),
        new("a style saved nowhere", WctStatus.WCT_INVALID_ARGUMENT, "'path' is NULL", () => Libwct.SaveStyle(_style, null)),
        new("a style saved in no folder", WctStatus.WCT_FILE_ERROR, "does not exist", () => Libwct.SaveStyle(_style, _inMissingFolder)),
        new("a style saved as a folder", WctStatus.WCT_FILE_ERROR, "is a folder", () => Libwct.SaveStyle(_style, _asFolder)),
        new("a freed style saved", WctStatus.WCT_INVALID_HANDLE, "freed already", () => Libwct.SaveStyle(_freedStyle, _missing)),
        new("a model saved as a style", WctStatus.WCT_INVALID_HANDLE, "is no style", () => Libwct.SaveStyle(_model.Handle, _missing)),
    ];

    private static readonly byte* Levels56 = Libwct.Text("56");

    private WctStatus Prepare(Libwct.Picture painting) => Prepare(_model.Handle, painting);

    private static WctStatus Prepare(nint model, Libwct.Picture painting)
    {
        nint style = 1;
        return Nothing(Libwct.Prepare(model, &painting, null, &style), style);
    }

    private WctStatus Prepare(Libwct.Options options)
    {
        Libwct.Picture painting = Picture;
        nint style = 1;
        return Nothing(Libwct.Prepare(_model.Handle, &painting, &options, &style), style);
    }

    private WctStatus PrepareNothing()
    {
        nint style = 1;
        return Nothing(Libwct.Prepare(_model.Handle, null, null, &style), style);
    }

    private WctStatus OpenStyleWithReserved()
    {
        Libwct.Options options = Libwct.Defaults with { Reserved = 1 };
        nint style = 1;
        return Nothing(Libwct.OpenStyleWith(_other.Handle, _otherStyleFile, &options, &style), style);
    }

    private WctStatus SaveStyleWithoutPlace()
    {
        Libwct.Options options = Libwct.Defaults with { ErrorBytes = 1 };
        return Libwct.SaveStyleWith(_otherStyle, _missing, &options);
    }

    private static WctStatus OpenStyle(nint model, byte* path)
    {
        nint style = 1;
        return Nothing(Libwct.OpenStyle(model, path, &style), style);
    }
}
