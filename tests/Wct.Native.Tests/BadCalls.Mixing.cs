namespace Wct.Native.Tests;

internal sealed unsafe partial class BadCalls
{
    private IEnumerable<BadCall> Mixing() =>
    [
        new("no styles to mix", WctStatus.WCT_INVALID_ARGUMENT, "'styles' is NULL", () => Mix(null, 1)),
        new("no weights", WctStatus.WCT_INVALID_ARGUMENT, "'weights' is NULL", () => Mix([_style], null)),
        new("a mixture of nothing", WctStatus.WCT_INVALID_ARGUMENT, "'count' is 0; it can be 1 to 100", () => Mix([_style], 0)),
        new("a mixture of too much", WctStatus.WCT_INVALID_ARGUMENT, "'count' is 101", () => Mix([_style], 101)),
        new("an endless mixture", WctStatus.WCT_INVALID_ARGUMENT, $"'count' is {nuint.MaxValue}", () => Mix([_style], nuint.MaxValue)),
        new("no such mixing", WctStatus.WCT_INVALID_ARGUMENT, "'mixing' is 2; it can be 0 to 1", () => Mix([_style], [1], mixing: 2)),
        new("a mixing below 0", WctStatus.WCT_INVALID_ARGUMENT, "'mixing' is -1", () => Mix([_style], [1], mixing: -1)),
        new("a negative weight", WctStatus.WCT_INVALID_ARGUMENT, "'weights[1]' is -1; it must be a number of at least 0", () =>
            Mix([_style, _style], [1, -1])),
        new("a weight that is no number", WctStatus.WCT_INVALID_ARGUMENT, "'weights[0]' is NaN", () => Mix([_style], [double.NaN])),
        new("an endless weight", WctStatus.WCT_INVALID_ARGUMENT, "'weights[0]' is Infinity", () =>
            Mix([_style], [double.PositiveInfinity])),
        new("weights of 0", WctStatus.WCT_INVALID_ARGUMENT, "The styles' weights add up to 0; the sum must be above 0", () =>
            Mix([_style, _style], [0, 0])),
        new("a mixture with NULL", WctStatus.WCT_INVALID_HANDLE, "'styles[1]': the style's handle is NULL", () => Mix([_style, 0], [1, 1])),
        new("a mixture with a freed style", WctStatus.WCT_INVALID_HANDLE, "'styles[0]': the style's handle 0x", () =>
            Mix([_freedStyle, _style], [1, 1])),
        new("a mixture with a model", WctStatus.WCT_INVALID_HANDLE, "is no style", () => Mix([_model.Handle], [1])),
        new("a mixture of two models", WctStatus.WCT_MODEL_MISMATCH, "another model", () => Mix([_style, _otherStyle], [1, 1])),
        new("a mixture without a place", WctStatus.WCT_INVALID_ARGUMENT, "'style' is NULL", MixNowhere),
        new("a mixture of features saved", WctStatus.WCT_INVALID_ARGUMENT, "mix their covariances", SaveMixture),
        new("no style without a model", WctStatus.WCT_INVALID_HANDLE, "model's handle is NULL", () => NoStyle(0)),
        new("no style of a style", WctStatus.WCT_INVALID_HANDLE, "is no model", () => NoStyle(_style)),
        new("no style without a place", WctStatus.WCT_INVALID_ARGUMENT, "'style' is NULL", () => Libwct.NoStyle(_model.Handle, null)),
    ];

    private IEnumerable<BadCall> Textures() =>
    [
        new("a texture without a model", WctStatus.WCT_INVALID_HANDLE, "model's handle is NULL", () => Synthesize(0, _style)),
        new("a texture without a style", WctStatus.WCT_INVALID_HANDLE, "style's handle is NULL", () => Synthesize(_model.Handle, 0)),
        new("a texture of no width", WctStatus.WCT_INVALID_ARGUMENT, "'result' is 0x24 pixels", () => Synthesize(width: 0)),
        new("a texture of negative height", WctStatus.WCT_INVALID_ARGUMENT, "'result' is 24x-2147483648 pixels", () =>
            Synthesize(height: int.MinValue)),
        new("a huge texture", WctStatus.WCT_INVALID_ARGUMENT, "at most 2147483647", () => Synthesize(int.MaxValue, int.MaxValue)),
        new("a texture with too little memory", WctStatus.WCT_INVALID_ARGUMENT, "'result->bytes' is 2304, 25x24 pixels", () =>
            Synthesize(width: Side + 1)),
        new("a tileable texture of other sides", WctStatus.WCT_INVALID_ARGUMENT, "both sides must be multiples of 16", () =>
            Synthesize(Libwct.TextureDefaults with { Tileable = 1 })),
        new("a texture's options of no size", WctStatus.WCT_INVALID_ARGUMENT, "'options->size' is 0, this version's is 96", () =>
            Synthesize(Libwct.TextureDefaults with { Size = 0 })),
        new("half a tileable texture", WctStatus.WCT_INVALID_ARGUMENT, "'options->tileable' is 2; it can be 0 or 1", () =>
            Synthesize(Libwct.TextureDefaults with { Tileable = 2 })),
        new("a texture with something in reserve", WctStatus.WCT_INVALID_ARGUMENT, "'options->reserved' is 9", () =>
            Synthesize(Libwct.TextureDefaults with { Reserved = 9 })),
        new("a texture's strength above 1", WctStatus.WCT_INVALID_ARGUMENT, "The strength is 2", () =>
            Synthesize(Libwct.TextureDefaults with { Strength = 2 })),
        new("a texture's strength that is no number", WctStatus.WCT_INVALID_ARGUMENT, "The strength is NaN", () =>
            Synthesize(Libwct.TextureDefaults with { Strength = double.NaN })),
        new("a texture of no level", WctStatus.WCT_INVALID_ARGUMENT, "No level", () =>
            Synthesize(Libwct.TextureDefaults with { Levels = _empty })),
        new("a texture's transform", WctStatus.WCT_INVALID_ARGUMENT, "'options->transform' is 'abacus'", () =>
            Synthesize(Libwct.TextureDefaults with { Transform = Abacus })),
        new("too many passes of a texture", WctStatus.WCT_INVALID_ARGUMENT, "There are 1000 passes", () =>
            Synthesize(Libwct.TextureDefaults with { Passes = 1000 })),
        new("a texture's memory below 0", WctStatus.WCT_INVALID_ARGUMENT, "'options->max_memory' is -1", () =>
            Synthesize(Libwct.TextureDefaults with { MaxMemory = -1 })),
        new("hardly any memory for a texture", WctStatus.WCT_INVALID_ARGUMENT, "memory", () =>
            Synthesize(Libwct.TextureDefaults with { MaxMemory = 1 })),
        new("a texture nowhere", WctStatus.WCT_INVALID_ARGUMENT, "'result' is NULL", () =>
            Libwct.Synthesize(_model.Handle, _style, Side, Side, null, null)),
    ];

    private static WctStatus Mix(nint[] styles, double[]? weights, int mixing = 0)
    {
        nint style = 1;
        fixed (nint* given = styles)
        fixed (double* numbers = weights)
            return Nothing(Libwct.Mix(given, numbers, (nuint)styles.Length, mixing, null, &style), style);
    }

    private static WctStatus Mix(nint[]? styles, nuint count)
    {
        nint style = 1;
        double weight = 1;
        fixed (nint* given = styles)
            return Nothing(Libwct.Mix(given, &weight, count, 0, null, &style), style);
    }

    private WctStatus MixNowhere()
    {
        nint style = _style;
        double weight = 1;
        return Libwct.Mix(&style, &weight, 1, 0, null, null);
    }

    private WctStatus SaveMixture()
    {
        nint* styles = stackalloc nint[] { _style, _shallowStyle };
        double* weights = stackalloc double[] { 1, 2 };
        nint mixed;
        NativeModel.Check(Libwct.Mix(styles, weights, 2, 0, null, &mixed));
        WctStatus status = Libwct.SaveStyle(mixed, _missing);
        NativeModel.Check(Libwct.FreeStyle(mixed));
        Assert.False(File.Exists(_folder.File("missing.safetensors")));
        return status;
    }

    private static WctStatus NoStyle(nint model)
    {
        nint style = 1;
        return Nothing(Libwct.NoStyle(model, &style), style);
    }

    private WctStatus Synthesize(nint model, nint style)
    {
        Libwct.Target target = Target;
        return Libwct.Synthesize(model, style, Side, Side, null, &target);
    }

    private WctStatus Synthesize(int width = Side, int height = Side)
    {
        Libwct.Target target = Target;
        return Libwct.Synthesize(_model.Handle, _style, width, height, null, &target);
    }

    private WctStatus Synthesize(Libwct.TextureOptions options)
    {
        Libwct.Target target = Target;
        return Libwct.Synthesize(_model.Handle, _style, Side, Side, &options, &target);
    }
}
