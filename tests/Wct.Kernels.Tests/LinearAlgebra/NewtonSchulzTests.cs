using Wct.Kernels.LinearAlgebra;

namespace Wct.Kernels.Tests.LinearAlgebra;

public class NewtonSchulzTests
{
    // 1x1 matrices show the effect on each eigenvalue.
    [Theory]
    [InlineData(0.3)]
    [InlineData(1e-4)]
    [InlineData(1e-8)]
    [InlineData(1e-11)]
    public void AllEigenvaluesConverge(double smallest)
    {
        List<(double Scale, double Shift)> steps = NewtonSchulz.Steps(smallest);
        for (double value = smallest; value <= 1; value = value < 1 ? Math.Min(1, value * 1.7) : 2)
        {
            (double y, double z) = (value, 1);
            foreach ((double scale, double shift) in steps)
            {
                double t = scale * z * y + shift;
                (y, z) = (y * t, t * z);
            }

            Assert.Equal(1, z * Math.Sqrt(value), 1e-13);
            Assert.Equal(1, y / Math.Sqrt(value), 1e-13);
        }
    }

    // With a = 1 there would be 28 and 45 steps.
    [Theory]
    [InlineData(1e-8, 15)]
    [InlineData(1e-14, 23)]
    public void ScalingSavesSteps(double smallest, int steps) => Assert.InRange(NewtonSchulz.Steps(smallest).Count, 2, steps);
}
