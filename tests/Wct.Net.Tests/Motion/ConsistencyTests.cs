namespace Wct.Net.Tests.Motion;

public class ConsistencyTests
{
    private const int Width = MovingSquare.Width, Height = MovingSquare.Height;

    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(1, 0, false)]
    [InlineData(2, 0, true)]
    [InlineData(0, 2, true)]
    public void FindsWhatTheSquareHides(int from, int to, bool withReverse)
    {
        FlowField flow = new(MovingSquare.Flow(from, to), Width, Height), reverse = new(MovingSquare.Flow(to, from), Width, Height);
        StyleMask mask = flow.Consistency(withReverse ? reverse : null);
        int hidden = 0;
        for (int i = 0; i < Width * Height; i++)
        {
            (int x, int y) = (i % Width, i / Width);
            bool isShown = !withReverse || MovingSquare.IsShown(from, to, x, y);
            hidden += isShown ? 0 : 1;
            Assert.Equal(isShown && !MovingSquare.IsAtEdge(from, x, y) ? 255 : 0, mask.Shares[i]);
        }

        Assert.Equal(withReverse, hidden > 0);
    }

    // |w + w'|² is compared with 0.01·(|w|² + |w'|²) + 0.5.
    [Theory]
    [InlineData(0, -0.7f, 255)]
    [InlineData(0, -0.72f, 0)]
    [InlineData(10, -10.7f, 255)]
    [InlineData(10, -8.6f, 255)]
    [InlineData(10, -8.5f, 0)]
    public void TheDifferenceFromTheReverseIsBounded(float u, float back, byte expected)
    {
        FlowField flow = new([.. Enumerable.Range(0, 40).SelectMany(_ => (float[])[u, 0])], 40, 1);
        FlowField reverse = new([.. Enumerable.Range(0, 40).SelectMany(_ => (float[])[back, 0])], 40, 1);
        Assert.Equal(expected, flow.Consistency(reverse).Shares[5]);
    }

    // |∇u|² + |∇v|² is compared with 0.01·|w|² + 0.002. The vectors rise by 'slope' per pixel around 'u'.
    [Theory]
    [InlineData(0, 0.044f, 255)]
    [InlineData(0, 0.045f, 0)]
    [InlineData(5, 0.5f, 255)]
    [InlineData(5, 0.51f, 0)]
    public void TheSlopeIsBounded(float u, float slope, byte expected)
    {
        float[] vectors = new float[2 * 21 * 21];
        for (int i = 0; i < 21 * 21; i++)
            vectors[2 * i] = u + slope * (i / 21 - 10);
        Assert.Equal(expected, new FlowField(vectors, 21, 21).Consistency().Shares[10 * 21 + 10]);
    }

    [Fact]
    public void VectorsThatLeaveThePictureAreNotConsistent()
    {
        FlowField flow = new([.. Enumerable.Range(0, 6).SelectMany(_ => (float[])[2, 0])], 6, 1);
        Assert.Equal([255, 255, 255, 255, 0, 0], Shares(flow));
        FlowField up = new([.. Enumerable.Range(0, 6).SelectMany(_ => (float[])[0, -1])], 1, 6);
        Assert.Equal([0, 255, 255, 255, 255, 255], Shares(up));
    }

    [Fact]
    public void UnknownVectorsAreNotConsistent()
    {
        float[] vectors = new float[2 * 7];
        vectors[2 * 3] = float.NaN;
        Assert.Equal([255, 255, 0, 0, 0, 255, 255], Shares(new FlowField(vectors, 7, 1)));
        StyleMask mask = new FlowField(new float[2 * 7], 7, 1).Consistency(new FlowField(vectors, 7, 1));
        Assert.Equal(0, mask.Shares[3]);
        Assert.Equal(255, mask.Shares[0]);
    }

    private static IEnumerable<int> Shares(FlowField field) => field.Consistency().Shares.ToArray().Select(share => (int)share);
}
