using Wct.Net.Models;

namespace Wct.Net.Tests.Models;

public sealed class ConvolutionWeightsTests
{
    [Fact]
    public void LengthsMustFitTheShape()
    {
        Assert.Contains("863 elements, the shape needs 864", Refused(32, 3, 3, 863, 32), StringComparison.Ordinal);
        Assert.Contains("31 elements, the weights have 32", Refused(32, 3, 3, 864, 31), StringComparison.Ordinal);
        Assert.Contains("[1, 1, 2, 2]", Refused(1, 1, 2, 4, 1), StringComparison.Ordinal);
        Assert.Contains("[0, 1, 1, 1]", Refused(0, 1, 1, 0, 0), StringComparison.Ordinal);
        Assert.Contains("the shape needs", Refused(int.MaxValue, int.MaxValue, int.MaxValue, 1, 1), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void EveryValueMustBeFinite(float bad)
    {
        // Lengths around every vector width, and every position: in whole vectors and in the remainder.
        foreach (int count in (int[])[1, 7, 8, 9, 16, 31, 33])
        {
            for (int i = 0; i < count; i++)
            {
                float[] weights = new float[count], bias = new float[count];
                weights[i] = bad;
                string message = Assert.Throws<ArgumentException>(() => new ConvolutionWeights("c", count, 1, 1, weights, bias)).Message;
                Assert.Contains($"element {i} of the weights", message, StringComparison.Ordinal);
                message = Assert.Throws<ArgumentException>(() => new ConvolutionWeights("c", count, 1, 1, bias, weights)).Message;
                Assert.Contains($"element {i} of the bias", message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void LargeFiniteValuesAreNoInfinities()
    {
        float[] weights = [.. Enumerable.Repeat(float.MaxValue, 80)], bias = [.. Enumerable.Repeat(float.MinValue, 40)];
        ConvolutionWeights large = new("c", 40, 2, 1, weights, bias);
        Assert.Equal(("c", 40, 2, 1, 120L), (large.Name, large.OutChannels, large.InChannels, large.KernelSize, large.Parameters));
        Assert.Equal(weights, large.Weights.ToArray());
        Assert.Equal(bias, large.Bias.ToArray());
    }

    [Fact]
    public void SameBitsTellsZeroesApart()
    {
        ConvolutionWeights positive = new("c", 1, 1, 1, [0f], [1f]);
        Assert.True(positive.SameBits(new ConvolutionWeights("c", 1, 1, 1, [0f], [1f])));
        Assert.False(positive.SameBits(new ConvolutionWeights("c", 1, 1, 1, [-0f], [1f])));
        Assert.False(positive.SameBits(new ConvolutionWeights("d", 1, 1, 1, [0f], [1f])));
    }

    private static string Refused(int outs, int ins, int kernel, int weights, int bias) =>
        Assert.Throws<ArgumentException>(() =>
            new ConvolutionWeights("conv1_1", outs, ins, kernel, new float[weights], new float[bias])).Message;
}
