using System.Diagnostics;
using System.Globalization;
using Wct.Net;
using Wct.Net.Models;
using Wct.Net.Transforms;

namespace Wct.Benchmarks.Pipeline;

/// <summary>Compares each control with a plain run: a 512x512 picture with prepared styles, all variants by turns.</summary>
internal static class ControlCosts
{
    private const int Side = 512;

    /// <summary>Prints a table of medians and of the ratio to the plain run.</summary>
    /// <param name="rounds">How often each variant runs, after one run that isn't counted.</param>
    /// <param name="only">What the name of a variant must contain; the plain run is always measured.</param>
    internal static void Print(int rounds, string only)
    {
        foreach ((string name, WctModel model) in new[]
        {
            ("built-in model", WctModel.LoadDefault()), ("full-size networks", RandomModel.Create(RandomModel.FullWidths, 1)),
        })
        {
            using StyleTransfer transfer = new(model, new LoadOptions { Device = DeviceChoice.Cpu });
            Console.WriteLine($"{name}, {transfer.Device}");
            Print([.. Variants(transfer).Where((variant, i) => i == 0 || variant.Name.Contains(only, StringComparison.Ordinal))], rounds);
        }
    }

    private static void Print(IReadOnlyList<(string Name, Action Run)> variants, int rounds)
    {
        List<double>[] times = [.. variants.Select(_ => new List<double>())];
        for (int round = 0; round <= rounds; round++)
        {
            for (int i = 0; i < variants.Count; i++)
            {
                long start = Stopwatch.GetTimestamp();
                variants[i].Run();
                if (round > 0)
                    times[i].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        double plain = Median(times[0]);
        for (int i = 0; i < variants.Count; i++)
        {
            double[] ratios = [.. times[i].Zip(times[0], (own, other) => own / other)];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {variants[i].Name,-34} {Median(times[i]),8:0.0} ms   {Median([.. ratios]),5:0.00} of plain"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ({rounds} rounds, plain {plain:0.0} ms)"));
    }

    private static IReadOnlyList<(string Name, Action Run)> Variants(StyleTransfer transfer)
    {
        PixelImage photo = new(Noise.Bytes(Side * Side * 3), Side, Side);
        PreparedStyle[] styles = [.. Enumerable.Range(1, 4).Select(i => Style(transfer, i, FeatureTransform.WhiteningColoring))];
        StylizeOptions plain = new(), swap = new()
        {
            Levels = [new(5) { Transform = FeatureTransform.StyleSwap }, 4, 3, 2, 1],
        };
        PreparedStyle patches = transfer.PrepareStyle(Picture(1), swap);
        return
        [
            ("plain", () => transfer.Stylize(photo, styles[0], plain)),
            ("2 styles mixed", Mixed(2)), ("4 styles mixed", Mixed(4)),
            ("2 masks", Masked(2)), ("4 masks", Masked(4)),
            ("--transform adain", Of(styles[0], new() { Transform = FeatureTransform.AdaIn })),
            ("--transform ot", Of(styles[0], new() { Transform = FeatureTransform.OptimalTransport })),
            ("--transform 5:swap", Of(patches, swap)),
            ("--photo", Of(styles[0], new() { Photo = new PhotoOptions() })),
            ("--preserve-color luminance", Of(styles[0], new() { PreserveColor = ColorPreservation.Luminance })),
        ];

        Action Of(PreparedStyle style, StylizeOptions options) => () => transfer.Stylize(photo, style, options);

        Action Mixed(int count) => Of(PreparedStyle.Mix([.. styles.Take(count).Select(style => (style, 1.0))]), plain);

        Action Masked(int count)
        {
            StyleRegion[] regions = [.. Enumerable.Range(0, count).Select(i => new StyleRegion(Stripe(i, count), styles[i]))];
            return () => transfer.Stylize(photo, regions, plain);
        }
    }

    private static PreparedStyle Style(StyleTransfer transfer, int seed, FeatureTransform transform) =>
        transfer.PrepareStyle(Picture(seed), new StylizeOptions { Transform = transform });

    // Noise of its own brightness, so that styles differ.
    private static PixelImage Picture(int seed)
    {
        byte[] bytes = Noise.Bytes(Side * Side * 3);
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(bytes[i] * (4 + seed) / 8);
        return new PixelImage(bytes, Side, Side);
    }

    // One of several stripes with soft edges.
    private static StyleMask Stripe(int index, int count)
    {
        byte[] shares = new byte[Side * Side];
        for (int i = 0; i < shares.Length; i++)
            shares[i] = i % Side * count / Side == index ? (byte)255 : (byte)0;
        return new StyleMask(shares, Side, Side).Feather(8);
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
