namespace Wct.Native.Tests;

internal sealed unsafe partial class BadCalls
{
    private IEnumerable<BadCall> Library() =>
    [
        new("no place for a model", WctStatus.WCT_INVALID_ARGUMENT, "'model' is NULL", () => Libwct.OpenDefault(null, null)),
        new("size 0", WctStatus.WCT_INVALID_ARGUMENT, "'options->size' is 0, this version's is 56", () =>
            Open(Libwct.OnCpu() with { Size = 0 })),
        new("too small a size", WctStatus.WCT_INVALID_ARGUMENT, "'options->size' is 12", () => Open(Libwct.OnCpu() with { Size = 12 })),
        new("a size between two versions'", WctStatus.WCT_INVALID_ARGUMENT, "'options->size' is 24", () =>
            Open(Libwct.OnCpu() with { Size = 24 })),
        new("a size between the later two", WctStatus.WCT_INVALID_ARGUMENT, "'options->size' is 40", () =>
            Open(Libwct.OnCpu() with { Size = 40 })),
        new("a precision that isn't there", WctStatus.WCT_INVALID_ARGUMENT, "'options->precision' is 3; it can be 0 to 2",
            () => Open(Libwct.OnCpu() with { Precision = 3 })),
        new("a precision below 0", WctStatus.WCT_INVALID_ARGUMENT, "'options->precision' is -1", () =>
            Open(Libwct.OnCpu() with { Precision = -1 })),
        new("something in reserve", WctStatus.WCT_INVALID_ARGUMENT, "'options->reserved' is 7", () =>
            Open(Libwct.OnCpu() with { Reserved = 7 })),
        new("errors without a place", WctStatus.WCT_INVALID_ARGUMENT, "'options->error' is NULL, 'options->error_bytes' is 5",
            () => Open(Libwct.OnCpu() with { ErrorBytes = 5 })),
        new("a size of rubbish", WctStatus.WCT_INVALID_ARGUMENT, "'options->size' is 4000000000", () =>
            Open(Libwct.OnCpu() with { Size = 4_000_000_000 })),
        new("a later version's wish", WctStatus.WCT_INVALID_ARGUMENT, "Byte 60 of 'options'", OpenLater),
        new("threads below 0", WctStatus.WCT_INVALID_ARGUMENT, "'options->threads' is -1", () => Open(Libwct.OnCpu(-1))),
        new("too many threads", WctStatus.WCT_INVALID_ARGUMENT, "'options->threads' is 1025", () => Open(Libwct.OnCpu(1025))),
        new("no such kind of device", WctStatus.WCT_INVALID_ARGUMENT, "'abacus'", () => Open(Libwct.OnCpu() with { Device = Abacus })),
        new("no such device", WctStatus.WCT_DEVICE_ERROR, "'cuda:99'", () => Open(Libwct.OnCpu() with { Device = NinetyNinth })),
        new("a model without a path", WctStatus.WCT_INVALID_ARGUMENT, "'path' is NULL", () => OpenPath(null)),
        new("a model with an empty path", WctStatus.WCT_FILE_ERROR, "no such file", () => OpenPath(_empty)),
        new("a missing model", WctStatus.WCT_FILE_ERROR, "missing.safetensors: no such file", () => OpenPath(_missing)),
        new("a folder without networks", WctStatus.WCT_FORMAT_ERROR, _folder.Path, () => OpenPath(_asFolder)),
        new("a damaged model", WctStatus.WCT_FORMAT_ERROR, "damaged.safetensors", () => OpenPath(_damaged)),
        new("a style as a model", WctStatus.WCT_FORMAT_ERROR, "'wct-style', a model's is 'wct'", () => OpenPath(_otherStyleFile)),
        new("no memory", WctStatus.WCT_INVALID_ARGUMENT, "'data' is NULL", () => OpenBytes(null, 100)),
        new("memory of no bytes", WctStatus.WCT_INVALID_ARGUMENT, "'bytes' is 0", () => OpenBytes(_pixels, 0)),
        new("memory of too many bytes", WctStatus.WCT_INVALID_ARGUMENT, "'bytes' is 2147483648", () => OpenBytes(_pixels, 1u << 31)),
        new("rubbish in memory", WctStatus.WCT_FORMAT_ERROR, "the stream", () => OpenBytes(_pixels, PixelBytes)),
        new("half a model in memory", WctStatus.WCT_FORMAT_ERROR, "the stream", OpenHalf),
        new("the device of NULL", WctStatus.WCT_INVALID_HANDLE, "handle is NULL", () => Libwct.Device(0, null, 0, null)),
        new("the device of a freed model", WctStatus.WCT_INVALID_HANDLE, "freed already", () => Libwct.Device(_freedModel, null, 0, null)),
        new("the device without a text", WctStatus.WCT_INVALID_ARGUMENT, "'text' is NULL", () =>
            Libwct.Device(_model.Handle, null, 5, null)),
        new("a model freed twice", WctStatus.WCT_INVALID_HANDLE, "freed already", () => Libwct.FreeModel(_freedModel)),
        new("a style freed as a model", WctStatus.WCT_INVALID_HANDLE, "is no model", () => Libwct.FreeModel(_style)),
        new("an address freed as a model", WctStatus.WCT_INVALID_HANDLE, "never given out", () => Libwct.FreeModel((nint)_pixels)),
        new("a small number freed as a model", WctStatus.WCT_INVALID_HANDLE, "never given out", () => Libwct.FreeModel(1)),
        new("-1 freed as a model", WctStatus.WCT_INVALID_HANDLE, "never given out", () => Libwct.FreeModel(-1)),
    ];

    private static readonly byte* Abacus = Libwct.Text("abacus"), NinetyNinth = Libwct.Text("cuda:99");

    private static WctStatus Open(Libwct.OpenOptions options)
    {
        nint model = 1;
        return Nothing(Libwct.OpenDefault(&options, &model), model);
    }

    private static WctStatus OpenLater()
    {
        // A later version's struct is larger, and its second new field is set.
        byte* later = stackalloc byte[64];
        new Span<byte>(later, 64).Clear();
        *(Libwct.OpenOptions*)later = Libwct.OnCpu() with { Size = 64 };
        later[60] = 1;
        nint model = 1;
        return Nothing(Libwct.OpenDefault((Libwct.OpenOptions*)later, &model), model);
    }

    private static WctStatus OpenPath(byte* path)
    {
        nint model = 1;
        return Nothing(Libwct.Open(path, null, &model), model);
    }

    private static WctStatus OpenBytes(byte* data, nuint bytes)
    {
        nint model = 1;
        return Nothing(Libwct.OpenMemory(data, bytes, null, &model), model);
    }

    private WctStatus OpenHalf()
    {
        fixed (byte* data = _modelFile)
            return OpenBytes(data, (nuint)_modelFile.Length / 2);
    }
}
