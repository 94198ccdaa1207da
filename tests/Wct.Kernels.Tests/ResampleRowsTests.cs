namespace Wct.Kernels.Tests;

/// <summary>Resizing row by row gives the same bytes as resizing the whole picture.</summary>
public class ResampleRowsTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(7, 5, 3, 2)]
    [InlineData(9, 400, 9, 33)]
    [InlineData(31, 33, 200, 10)]
    [InlineData(100, 80, 37, 230)]
    [InlineData(133, 97, 132, 98)]
    [InlineData(1000, 3, 17, 90)]
    [InlineData(3, 2000, 40, 1)]
    // Several chunks: a row has more than an eighth of 1 MB.
    [InlineData(50_001, 67, 23, 5)]
    [InlineData(50_001, 67, 11, 131)]
    public void RowsGiveTheSameBytesAsTheWholePicture(int width, int height, int newWidth, int newHeight)
    {
        foreach (int channels in new[] { 1, 3, 4 })
        {
            byte[] source = new byte[width * height * channels];
            new Random(width + channels).NextBytes(source);
            int gap = channels, newStride = newWidth * channels + gap;
            byte[] whole = new byte[newHeight * newStride], rows = new byte[newHeight * newStride];
            Resample.Bicubic(source, width, height, width * channels, channels, whole, newWidth, newHeight, newStride);
            int next = 0;
            void Read(Span<byte> row)
            {
                Assert.Equal(width * channels, row.Length);
                source.AsSpan(next, row.Length).CopyTo(row);
                next += row.Length;
            }

            Resample.Bicubic(Read, width, height, channels, rows, newWidth, newHeight, newStride);
            Assert.Equal(source.Length, next);
            Assert.Equal(whole, rows);
        }
    }

    [Fact]
    public void TheSourceIsNeverInMemoryAsAWhole()
    {
        const int Width = 5000, Height = 4000;
        byte[] small = new byte[20 * 16 * 3];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Resample.Bicubic(row => row.Fill(77), Width, Height, 3, small, 20, 16, 20 * 3);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
        Assert.All(small, level => Assert.Equal(77, level));
    }

    [Fact]
    public void WrongSizesThrow()
    {
        byte[] room = new byte[12];
        Assert.Throws<ArgumentNullException>(() => Resample.Bicubic(null!, 2, 2, 3, room, 2, 2, 6));
        Assert.Throws<ArgumentException>(() => Resample.Bicubic(_ => { }, 0, 2, 3, room, 2, 2, 6));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resample.Bicubic(_ => { }, 2, 0, 3, room, 2, 2, 6));
        Assert.Throws<ArgumentException>(() => Resample.Bicubic(_ => { }, 2, 2, 2, room, 2, 2, 6));
        Assert.Throws<ArgumentException>(() => Resample.Bicubic(_ => { }, 2, 2, 3, room, 2, 3, 6));
    }
}
