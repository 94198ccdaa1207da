namespace Wct.Native.Tests;

internal sealed unsafe partial class BadCalls
{
    // What a style can't be measured or used with. Each is refused by wct_style_prepare and by wct_stylize.
    private IEnumerable<BadCall> Controls()
    {
        List<BadCall> calls = [];
        foreach ((string name, string text, Libwct.Options options) in BadOptions())
        {
            calls.Add(new(name, WctStatus.WCT_INVALID_ARGUMENT, text, () => Prepare(options)));
            calls.Add(new($"{name}, for a photo", WctStatus.WCT_INVALID_ARGUMENT, text, () => Stylize(options)));
        }

        calls.Add(new("reserved bits at the end", WctStatus.WCT_INVALID_ARGUMENT, "'options->reserved2' is 1",
            () => Prepare(Libwct.Defaults with { Reserved2 = 1 })));
        calls.Add(new("colors that the style lacks", WctStatus.WCT_INVALID_ARGUMENT, "without the content's colors",
            () => Stylize(Libwct.Defaults with { PreserveColor = Linear })));
        calls.Add(new("colors without a photo", WctStatus.WCT_INVALID_ARGUMENT, "without the content's colors",
            () => PrepareMasked(null, null, Libwct.Defaults with { PreserveColor = Linear })));
        calls.Add(new("a transform that needs features", WctStatus.WCT_INVALID_ARGUMENT, "needs the style's features at level 5",
            () => Stylize(Libwct.Defaults with { Transform = Swap })));
        return calls;
    }

    private static IEnumerable<(string Name, string Text, Libwct.Options Options)> BadOptions()
    {
        Libwct.Options options = Libwct.Defaults, photo = options with { Photo = 1 };
        return
        [
            ("no strengths", "'options->strengths' is ''; it must be a number from 0 to 1", options with { Strengths = Libwct.Text("") }),
            ("a strength of a level above 1", "'options->strengths' is '5:2'", options with { Strengths = Libwct.Text("5:2") }),
            ("a strength of no level", "'options->strengths' is '6:1'", options with { Strengths = Libwct.Text("6:1") }),
            ("two strengths of a level", "'options->strengths' is '1:0,1:1'", options with { Strengths = Libwct.Text("1:0,1:1") }),
            ("a strength of a level that doesn't run", "'options->strengths' has a value for level 4; the levels that run are 2, 1",
                options with { Strengths = Libwct.Text("4:1"), Levels = Libwct.Text("21") }),
            ("strengths that are no UTF-8", "'options->strengths' is '", options with { Strengths = NoUtf8 }),
            ("no such transform", "'options->transform' is 'abacus'; it must be one of wct, adain, ot, swap, swap-raw, whiten",
                options with { Transform = Abacus }),
            ("a transform of a level that doesn't run", "'options->transform' has a value for level 3; the levels that run are 5",
                options with { Transform = Libwct.Text("3:ot"), Levels = Libwct.Text("5") }),
            ("a very long transform", "'options->transform' is 'xxxx", options with { Transform = Libwct.Text(new string('x', 100_000)) }),
            ("no such colors", "'options->preserve_color' is 'abacus'; it must be none, linear, luminance or histogram",
                options with { PreserveColor = Abacus }),
            ("colors above 1", "'options->preserve_color' is 'luminance:1.5'",
                options with { PreserveColor = Libwct.Text("luminance:1.5") }),
            ("passes below 0", "There are -1 passes; there must be 1 to 100", options with { Passes = -1 }),
            ("too many passes", "There are 101 passes", options with { Passes = 101 }),
            ("a scale below 0", "The style's scale is -1; it must be above 0 and at most 16", options with { StyleScale = -1 }),
            ("a scale above 16", "The style's scale is 16.5", options with { StyleScale = 16.5 }),
            ("a scale that is no number", "The style's scale is NaN", options with { StyleScale = double.NaN }),
            ("half a photo", "'options->photo' is 2; it can be 0 or 1", options with { Photo = 2 }),
            ("a radius without a photo", "'options->photo_radius' is 5, and 'options->photo' is 0", options with { PhotoRadius = 5 }),
            ("an epsilon without a photo", "'options->photo_epsilon' is 0.5, and", options with { PhotoEpsilon = 0.5 }),
            ("a detail without a photo", "'options->photo_detail' is -1, and", options with { PhotoDetail = -1 }),
            ("a radius below 0", "The photo mode's radius is -5; it must be 1 to 1000", photo with { PhotoRadius = -5 }),
            ("a radius above 1000", "The photo mode's radius is 1001", photo with { PhotoRadius = 1001 }),
            ("an epsilon below 0", "The photo mode's epsilon is -1; it must be above 0", photo with { PhotoEpsilon = -1 }),
            ("an endless epsilon", "The photo mode's epsilon is Infinity", photo with { PhotoEpsilon = double.PositiveInfinity }),
            ("a detail above 4", "The photo mode's detail is 4.5; it must lie in 0..4", photo with { PhotoDetail = 4.5 }),
            ("a detail below 0", "The photo mode's detail is -0.5", photo with { PhotoDetail = -0.5 }),
            ("a detail that is no number", "The photo mode's detail is NaN", photo with { PhotoDetail = double.NaN }),
        ];
    }

    private static readonly byte* Linear = Libwct.Text("linear"), Swap = Libwct.Text("swap"), NoUtf8 = Bytes([0xFF, 0xFE, 0xC0, 0]);

    // Bytes in memory that is never freed.
    private static byte* Bytes(byte[] bytes)
    {
        byte* copy = (byte*)System.Runtime.InteropServices.NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }
}
