namespace Wct.Kernels.Tests;

public class ReflectionTests
{
    [Fact]
    public void ReflectsWithoutRepeatingTheBorder()
    {
        int[] expected = [2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2, 3, 2];
        Assert.Equal(expected, Enumerable.Range(-2, 13).Select(index => Reflection.Index(index, 4)));
    }

    [Fact]
    public void ASideOfOnePixelRepeatsIt() => Assert.All(Enumerable.Range(-5, 11), index => Assert.Equal(0, Reflection.Index(index, 1)));
}
