using Wct.Cli.Sheets;

namespace Wct.Cli.Tests.Sheets;

public class GridWeightsTests
{
    [Fact]
    public void TwoStylesAreMixedInEqualSteps()
    {
        GridWeights grid = GridWeights.OfTwo(5);
        Assert.Equal(["1.00 / 0.00", "0.75 / 0.25", "0.50 / 0.50", "0.25 / 0.75", "0.00 / 1.00"], grid.Columns);
        Assert.Equal([""], grid.Rows);
        for (int column = 0; column < 5; column++)
            Assert.Equal([1 - column / 4.0, column / 4.0], grid[0, column]);
    }

    [Fact]
    public void FourStylesAreMixedBilinearly()
    {
        GridWeights grid = GridWeights.OfFour(3);
        Assert.Equal(["1.00 / 0.00", "0.50 / 0.50", "0.00 / 1.00"], grid.Columns);
        Assert.Equal(grid.Columns, grid.Rows);
        Assert.Equal([0.25, 0.25, 0.25, 0.25], grid[1, 1]);
        Assert.Equal([0.5, 0.5, 0, 0], grid[0, 1]);
        Assert.Equal([0, 0.5, 0, 0.5], grid[1, 2]);
    }

    [Fact]
    public void CornersArePure()
    {
        for (int steps = 2; steps < 40; steps++)
        {
            GridWeights two = GridWeights.OfTwo(steps), four = GridWeights.OfFour(steps);
            int last = steps - 1;
            Assert.Equal([1, 0], two[0, 0]);
            Assert.Equal([0, 1], two[0, last]);
            Assert.Equal([1, 0, 0, 0], four[0, 0]);
            Assert.Equal([0, 1, 0, 0], four[0, last]);
            Assert.Equal([0, 0, 1, 0], four[last, 0]);
            Assert.Equal([0, 0, 0, 1], four[last, last]);
        }
    }

    [Fact]
    public void WeightsHaveTheSumOne()
    {
        for (int steps = 2; steps < 40; steps++)
        {
            GridWeights two = GridWeights.OfTwo(steps), four = GridWeights.OfFour(steps);
            for (int i = 0; i < steps * steps; i++)
            {
                Assert.Equal(1, two[0, i % steps].Sum(), 1e-15);
                Assert.Equal(1, four[i / steps, i % steps].Sum(), 1e-15);
                Assert.All(four[i / steps, i % steps], weight => Assert.InRange(weight, 0, 1));
            }
        }
    }

    [Fact]
    public void LabelsOfTwoWeightsHaveTheSumOne()
    {
        Assert.Equal("0.12 / 0.88", GridWeights.OfTwo(9).Columns[7]);
        for (int steps = 2; steps < 200; steps++)
        {
            foreach (string label in GridWeights.OfTwo(steps).Columns)
                Assert.Equal(1, label.Split(" / ").Sum(text => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void ALabelNamesAllWeights() => Assert.Equal("0.56 / 0.19 / 0.19 / 0.06", GridWeights.Label([0.5625, 0.1875, 0.1875, 0.0625]));

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-3)]
    public void FewerThanTwoStepsAreRefused(int steps)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => GridWeights.OfTwo(steps));
        Assert.Throws<ArgumentOutOfRangeException>(() => GridWeights.OfFour(steps));
    }
}
