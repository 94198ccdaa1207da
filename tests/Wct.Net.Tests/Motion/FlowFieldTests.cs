namespace Wct.Net.Tests.Motion;

public class FlowFieldTests
{
    [Fact]
    public void CopiesItsVectors()
    {
        float[] vectors = Samples.Numbers(2 * 3 * 2, 1);
        FlowField field = new(vectors, 3, 2);
        Assert.Equal((3, 2), (field.Width, field.Height));
        float first = vectors[0];
        vectors[0] = 9;
        Assert.Equal(first, field.Vectors[0]);
    }

    [Theory]
    [InlineData(float.NaN, 1)]
    [InlineData(1, float.PositiveInfinity)]
    [InlineData(-1.1e9f, 1)]
    public void AnUnknownVectorIsNaN(float u, float v)
    {
        FlowField field = new([u, v, 1e9f, -1e9f], 2, 1);
        Assert.Equal([float.NaN, float.NaN, 1e9f, -1e9f], field.Vectors.ToArray());
    }

    [Fact]
    public void WrongSizesAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FlowField([], 0, 1));
        Assert.Contains(
            "'vectors' has 7 numbers, 2x2 vectors need 8.",
            Assert.Throws<ArgumentException>(() => new FlowField(new float[7], 2, 2)).Message);
        FlowField field = new(new float[8], 2, 2);
        Assert.Contains(
            "'reverse' is 4x1, the flow field is 2x2.",
            Assert.Throws<ArgumentException>(() => field.Consistency(new FlowField(new float[8], 4, 1))).Message);
        Assert.Contains(
            "'picture' is 3x2, the flow field is 2x2.", Assert.Throws<ArgumentException>(() => field.Warp(new PixelImage(3, 2))).Message);
        Assert.Contains(
            "'picture' has 9 numbers, 2 channels of 2x2 need 8.",
            Assert.Throws<ArgumentException>(() => field.Warp(new float[9], 2, new float[8])).Message);
        float[] same = new float[8];
        Assert.Contains("overlaps", Assert.Throws<ArgumentException>(() => field.Warp(same, 2, same)).Message);
    }
}
