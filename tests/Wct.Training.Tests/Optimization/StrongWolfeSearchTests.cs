using Wct.Training.Optimization;

namespace Wct.Training.Tests.Optimization;

public class StrongWolfeSearchTests
{
    // Functions of one variable with a negative slope at 0, among them those of Moré and Thuente 1994, and a wall of infinite values.
    private static readonly Dictionary<string, Func<double, (double Value, double Slope)>> Functions = new()
    {
        ["parabola"] = x => ((x - 3) * (x - 3), 2 * (x - 3)),
        ["quartic"] = x => (Math.Pow(x - 1, 4), 4 * Math.Pow(x - 1, 3)),
        ["rational"] = x => (-x / (x * x + 2), (x * x - 2) / Math.Pow(x * x + 2, 2)),
        ["steep"] = x => (Math.Pow(x + 0.004, 5) - 2 * Math.Pow(x + 0.004, 4), 5 * Math.Pow(x + 0.004, 4) - 8 * Math.Pow(x + 0.004, 3)),
        ["waves"] = x => (Math.Cos(3 * x) - x / 2, -3 * Math.Sin(3 * x) - 0.5),
        ["wall"] = x => x > 0.1 ? (double.NaN, double.NaN) : ((x - 0.05) * (x - 0.05), 2 * (x - 0.05)),
    };

    public static TheoryData<string, double> Cases
    {
        get
        {
            TheoryData<string, double> cases = [];
            foreach (string name in Functions.Keys)
            {
                foreach (double first in (double[])[1e-3, 0.1, 1, 50])
                    cases.Add(name, first);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheLengthSatisfiesTheStrongWolfeConditions(string name, double first)
    {
        Func<double, (double Value, double Slope)> function = Functions[name];
        (double value, double slope) = function(0);
        List<double> tried = [];
        double length = new StrongWolfeSearch(value, slope, at =>
        {
            tried.Add(at);
            return function(at);
        }).Run(first);
        Assert.True(length > 0);
        Assert.Equal(length, tried[^1]);
        Assert.InRange(tried.Count, 1, 20);
        (double reached, double left) = function(length);
        Assert.True(reached <= value + 1e-4 * length * slope, $"{reached} at {length}");
        Assert.True(Math.Abs(left) <= 0.9 * Math.Abs(slope), $"slope {left} at {length}");
    }

    [Fact]
    public void NoLengthIsFoundWhereNothingFalls()
    {
        int evaluations = 0;
        Assert.Equal(0, new StrongWolfeSearch(1, -1, at =>
        {
            evaluations++;
            return (2, -1);
        }).Run(1));
        Assert.InRange(evaluations, 1, 20);
    }
}
