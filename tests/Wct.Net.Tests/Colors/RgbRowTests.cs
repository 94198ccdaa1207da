using System.Numerics;
using Wct.Kernels;
using Wct.Net.Colors;

namespace Wct.Net.Tests.Colors;

public class RgbRowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(47)]
    [InlineData(255)]
    [InlineData(RgbRow.Piece)]
    public void ChannelsAreSeparated(int width)
    {
        byte[] rgb = Pictures.Noise(width, 1, seed: width).Bytes;
        float[] planes = new float[3 * RgbRow.Piece];
        RgbRow.Split(rgb, planes);
        for (int i = 0; i < rgb.Length; i++)
            Assert.Equal(rgb[i] / 255f, planes[i % 3 * RgbRow.Piece + i / 3]);
    }

    [Fact]
    public void EveryByteBecomesTheNearestFloat()
    {
        byte[] rgb = [.. Enumerable.Range(0, 256).SelectMany(value => Enumerable.Repeat((byte)value, 3))];
        float[] planes = new float[3 * RgbRow.Piece];
        RgbRow.Split(rgb, planes);
        for (int i = 0; i < planes.Length; i++)
            Assert.Equal((float)(i % 256 / 255.0), planes[i]);
    }

    [Fact]
    public void GrayIsItsOwnLuminance()
    {
        for (int value = 0; value < 256; value++)
        {
            Vector<float> gray = new(value / 255f);
            Assert.Equal(value / 255f, RgbRow.Luminance(gray, gray, gray)[0], 1e-7f);
        }
    }

    [Fact]
    public void LanesBeyondARowsEndAreZeroAndNotStored()
    {
        for (int length = 0; length <= 2 * Vector<float>.Count; length++)
        {
            float[] row = [.. Enumerable.Range(1, length).Select(i => (float)i), 7, 7];
            Span<float> inner = row.AsSpan(0, length);
            for (int x = 0; x <= length; x++)
            {
                Vector<float> lanes = Lanes.Load(inner, x);
                for (int i = 0; i < Vector<float>.Count; i++)
                    Assert.Equal(x + i < length ? x + i + 1 : 0, lanes[i]);
                Lanes.Store(lanes + Vector<float>.One, inner, x);
                Lanes.Store(lanes, inner, x);
            }

            Assert.Equal([.. Enumerable.Range(1, length).Select(i => (float)i), 7, 7], row);
        }
    }
}
