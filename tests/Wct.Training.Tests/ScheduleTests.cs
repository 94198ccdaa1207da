namespace Wct.Training.Tests;

public class ScheduleTests
{
    [Fact]
    public void RatesRiseAndFall()
    {
        Schedule cosine = new(ScheduleKind.Cosine, 2, WarmUp: 3, Steps: 103), constant = new(ScheduleKind.Constant, 2, 0, 100);
        Assert.Equal([0.5, 1, 1.5, 2], Enumerable.Range(1, 4).Select(step => cosine.At(step)));
        Assert.Equal(1, cosine.At(54), 1e-12);
        Assert.InRange(cosine.At(103), 0, 0.001);
        Assert.Equal([2, 2, 2], ((long[])[1, 50, 100]).Select(constant.At));
    }
}
