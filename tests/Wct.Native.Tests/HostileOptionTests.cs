using System.Runtime.InteropServices;

namespace Wct.Native.Tests;

/// <summary>Calls with options of hostile values: each call either succeeds, or is refused and writes nothing.</summary>
public sealed unsafe class HostileOptionTests
{
    private const int Side = 17, Rounds = 400;

    private static readonly double[] Numbers =
    [
        0, -0.0, 1, -1, 0.5, 4, 16, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue,
        1e-300,
    ];

    private static readonly int[] Counts = [0, 1, 2, 3, -1, 100, 101, 1000, 1001, 4000, 4001, int.MaxValue, int.MinValue];

    private static readonly string?[] Texts =
    [
        null, null, null, "", ",", "5", "5:", ":", "1:0.5", "0.5", "1:1e999", "wct", "adain,1:ot", "swap", "whiten", "linear",
        "luminance:1", "histogram:nan", "\u00ff\ud800", "1:0.5,1:0.5", new string('5', 5000), new string(',', 5000),
    ];

    [Fact]
    public void EachCallSucceedsOrIsRefused()
    {
        Published.Need();
        using NativeModel model = new(threads: 1);
        nint first = model.Prepare(Pictures.Textured(Side, Side)), second = model.Prepare(Pictures.Textured(Side, Side, 2));
        nint[] texts =
        [
            .. Texts.Select(text => text is null ? 0 : (nint)Libwct.Text(text)), Bytes([0xFF, 0xC0, 0x80, 0]), Bytes([0xED, 0xA0, 0x80, 0]),
        ];
        byte[] memory = new byte[Side * Side * 12];
        Dictionary<WctStatus, int> counts = [];
        for (int seed = 0; seed < Rounds; seed++)
        {
            Random random = new(seed);
            Libwct.Options options = Options(random, texts);
            random.NextBytes(memory);
            byte[] before = [.. memory];
            WctStatus status;
            fixed (byte* pixels = memory)
                status = Call(random, model.Handle, [first, second], pixels, memory.Length, options);
            counts[status] = counts.GetValueOrDefault(status) + 1;
            Assert.True(
                status is WctStatus.WCT_OK or WctStatus.WCT_INVALID_ARGUMENT or WctStatus.WCT_INVALID_HANDLE,
                $"seed {seed}: {status}, {Libwct.LastError}");
            Assert.True(
                status == WctStatus.WCT_OK || memory.AsSpan().SequenceEqual(before), $"seed {seed}: a refused call wrote something");
        }

        NativeModel.Check(Libwct.FreeStyle(first));
        NativeModel.Check(Libwct.FreeStyle(second));
        Assert.True(
            counts[WctStatus.WCT_OK] > Rounds / 20 && counts[WctStatus.WCT_INVALID_ARGUMENT] > Rounds / 20, string.Join(", ", counts));
    }

    // Most fields keep their defaults, so that some calls get far.
    private static Libwct.Options Options(Random random, nint[] texts)
    {
        double Number() => random.Next(12) == 0 ? Numbers[random.Next(Numbers.Length)] : 0;
        int Count() => random.Next(12) == 0 ? Counts[random.Next(Counts.Length)] : 0;
        byte* Text() => random.Next(8) == 0 ? (byte*)texts[random.Next(texts.Length)] : null;
        return Libwct.Defaults with
        {
            Strength = random.Next(12) == 0 ? Number() : 0.6,
            Levels = random.Next(10) == 0 ? (byte*)texts[random.Next(texts.Length)] : Levels,
            Strengths = Text(),
            Transform = Text(),
            PreserveColor = Text(),
            StyleScale = Number(),
            Passes = Count(),
            Photo = random.Next(10) == 0 ? Count() : random.Next(2),
            PhotoRadius = Count(),
            PhotoEpsilon = Number(),
            PhotoDetail = Number(),
            Size = random.Next(20) == 0 ? (uint)random.Next(200) : (uint)sizeof(Libwct.Options),
        };
    }

    private static readonly byte* Levels = Libwct.Text("21");

    // Photo, mask and result overlap in most calls.
    private static WctStatus Call(Random random, nint model, nint[] styles, byte* memory, int length, Libwct.Options options)
    {
        int At(int bytes) => random.Next(Math.Max(1, length - bytes));
        int photoBytes = Side * Side * 3;
        Libwct.Picture photo = new() { Pixels = memory + At(photoBytes), Bytes = (nuint)photoBytes, Width = Side, Height = Side };
        Libwct.Target target = new() { Pixels = random.Next(3) == 0 ? photo.Pixels : memory + At(photoBytes), Bytes = (nuint)photoBytes };
        Libwct.Mask mask = new()
        {
            Shares = memory + At(Side * Side),
            Bytes = Side * Side,
            Width = Side,
            Height = Side,
            Feather = random.Next(-1, 9),
        };
        Libwct.Region* regions = stackalloc Libwct.Region[]
        {
            Libwct.RegionDefaults with { Style = styles[0], Mask = &mask },
            Libwct.RegionDefaults with
            {
                Style = styles[random.Next(2)], Strength = random.Next(8) == 0 ? Numbers[random.Next(Numbers.Length)] : -1,
            },
        };
        double* weights = stackalloc double[] { Numbers[random.Next(Numbers.Length)], Numbers[random.Next(Numbers.Length)] };
        nint style = 0;
        switch (random.Next(6))
        {
            case 0:
                return Libwct.Stylize(model, &photo, styles[0], &options, &target);
            case 1:
                return Libwct.StylizeRegions(model, &photo, regions, (nuint)random.Next(3), &options, &target);
            case 2:
                Libwct.TextureOptions texture = Libwct.TextureDefaults with
                {
                    Strength = options.Strength,
                    Levels = options.Levels,
                    Strengths = options.Strengths,
                    Transform = options.Transform,
                    Passes = options.Passes,
                    Tileable = random.Next(3),
                    Seed = (ulong)random.NextInt64(),
                };
                return Libwct.Synthesize(model, styles[1], Counts[random.Next(3)] + 15, Side - 1, &texture, &target);
            case 3:
                WctStatus status = Libwct.PrepareMasked(model, &photo, &mask, random.Next(2) == 0 ? null : &photo, &options, &style);
                return Freed(status, style);
            case 4:
                fixed (nint* given = styles)
                    return Freed(Libwct.Mix(given, weights, (nuint)random.Next(3), random.Next(-1, 3), &options, &style), style);
            default:
                uint color = (uint)random.NextInt64(1 << 25);
                return Libwct.LabelMask(&photo, color, &options, target.Pixels, (nuint)random.Next(2 * Side * Side));
        }
    }

    private static WctStatus Freed(WctStatus status, nint style)
    {
        Assert.Equal(status == WctStatus.WCT_OK, style != 0);
        NativeModel.Check(Libwct.FreeStyle(style));
        return status;
    }

    private static nint Bytes(byte[] bytes)
    {
        byte* copy = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return (nint)copy;
    }
}
