using System.Runtime.Intrinsics;
using Wct.Imaging.Png;

namespace Wct.Imaging.Tests.Png;

public class PngFilterTests
{
    private static readonly int[] Pixels = [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 200];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    [InlineData(8)]
    public void Restores_as_the_definition_does(int distance)
    {
        foreach ((PngFilter filter, int pixels) in from filter in Enum.GetValues<PngFilter>() from pixels in Pixels select (filter, pixels))
        {
            int length = pixels * distance, seed = 31 * length + (int)filter;
            (PngRow filtered, PngRow prior) = (RandomRow(length, seed), RandomRow(length, seed + 1));
            PngRow row = RandomRow(length, seed + 2);
            byte[] expected = new byte[length];
            PngFilterReference.Undo(filter, filtered.Bytes, prior.Bytes, distance, expected);
            PngUnfilter.Undo(filter, filtered, prior, length, distance, row);
            Assert.True(row.Bytes.SequenceEqual(expected), $"{filter}, {pixels} pixels of {distance}, seed {seed}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Chooses_the_filter_that_the_definition_finds_cheapest(int distance)
    {
        HashSet<PngFilter> chosen = [];
        foreach (int pixels in Pixels)
        {
            int length = pixels * distance;
            PngFilterChoice choice = new(length, distance);
            for (int seed = 0; seed < 40; seed++)
            {
                PngRow row = SmoothRow(length, distance, seed), prior = SmoothRow(length, distance, seed / 2);
                (PngFilter Filter, byte[] Bytes) expected = Enum.GetValues<PngFilter>()
                    .Select(filter => (filter, Filtered(filter, row, prior, distance)))
                    .MinBy(one => PngFilterReference.Cost(one.Item2));

                byte[] actual = choice.Apply(row, prior, out PngFilter chosenOne).ToArray();
                string where = $"{pixels} pixels of {distance}, seed {seed}";
                Assert.True(expected.Filter == chosenOne, $"{chosenOne} instead of {expected.Filter}, {where}");
                Assert.True(expected.Bytes.SequenceEqual(actual), $"{chosenOne}, {where}");
                chosen.Add(chosenOne);
            }
        }

        Assert.Equal(5, chosen.Count);
    }

    [Fact]
    public void Predicts_as_Paeth_for_all_triples_on_a_grid()
    {
        byte[] values = [0, 1, 2, 3, 63, 64, 126, 127, 128, 129, 130, 191, 192, 252, 253, 254, 255];
        foreach (byte left in values)
        {
            foreach (byte above in values)
            {
                foreach (byte aboveLeft in values)
                {
                    byte expected = PngFilterReference.Predict(PngFilter.Paeth, left, above, aboveLeft);
                    byte actual = PaethPredictor.Predict(Vector128.Create(left), Vector128.Create(above), Vector128.Create(aboveLeft))[5];
                    Assert.True(expected == actual, $"({left}, {above}, {aboveLeft}) gives {actual}, not {expected}");
                }
            }
        }
    }

    private static byte[] Filtered(PngFilter filter, PngRow row, PngRow prior, int distance)
    {
        byte[] filtered = new byte[row.Bytes.Length];
        PngFilterReference.Apply(filter, row.Bytes, prior.Bytes, distance, filtered);
        return filtered;
    }

    private static PngRow RandomRow(int length, int seed)
    {
        PngRow row = new(length);
        new Random(seed).NextBytes(row.Bytes);
        return row;
    }

    /// <summary>Waves, ramps and noise, so that each filter is best for some rows.</summary>
    private static PngRow SmoothRow(int length, int distance, int seed)
    {
        PngRow row = new(length);
        Random random = new(seed);
        for (int i = 0; i < length; i++)
        {
            int x = i / distance;
            row.Bytes[i] = (byte)((seed % 5) switch
            {
                0 => random.Next(12),
                1 => 10 * x + seed,
                2 => 128 + 100 * Math.Sin(0.3 * x),
                3 => random.Next(256),
                _ => 200 - 3 * x + random.Next(3),
            });
        }

        return row;
    }
}
