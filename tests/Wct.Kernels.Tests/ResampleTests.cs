namespace Wct.Kernels.Tests;

public class ResampleTests
{
    private static readonly (int Width, int Height, int NewWidth, int NewHeight)[] Sizes =
    [
        (1, 1, 1, 1), (1, 1, 5, 7), (1, 17, 3, 4), (17, 1, 4, 3), (7, 8, 8, 7), (8, 9, 1, 1), (9, 15, 31, 33), (16, 17, 7, 40),
        (33, 31, 16, 9), (31, 33, 33, 31), (40, 30, 39, 1), (64, 48, 11, 8), (65, 49, 64, 48), (3, 50, 50, 3), (11, 2, 11, 2),
    ];

    public static TheoryData<int, int, int, int, int> Cases() =>
        [.. from s in Sizes from channels in new[] { 1, 3, 4 } select (s.Width, s.Height, s.NewWidth, s.NewHeight, channels)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_the_definition_to_one_level(int width, int height, int newWidth, int newHeight, int channels)
    {
        for (int seed = 0; seed < 3; seed++)
        {
            Random random = new(seed);
            int stride = width * channels + random.Next(4), newStride = newWidth * channels + random.Next(4);
            byte[] source = new byte[(height - 1) * stride + width * channels];
            random.NextBytes(source);
            byte[] actual = new byte[(newHeight - 1) * newStride + newWidth * channels], expected = new byte[actual.Length];
            Resample.Bicubic(source, width, height, stride, channels, actual, newWidth, newHeight, newStride);
            Resample.BicubicReference(source, width, height, stride, channels, expected, newWidth, newHeight, newStride);
            for (int i = 0; i < actual.Length; i++)
            {
                // If alpha is near half a level, one of the two may treat the pixel as transparent and drop its color.
                int pixel = i - i % newStride % channels;
                if (channels == 4 && i % newStride < newWidth * 4 && (actual[pixel + 3] == 0 || expected[pixel + 3] == 0))
                    i = pixel + 3;
                Assert.True(Math.Abs(actual[i] - expected[i]) <= 1, $"byte {i} is {actual[i]}, not {expected[i]}; seed {seed}");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_same_size_gives_the_same_bytes_and_a_uniform_picture_stays_uniform(int channels)
    {
        byte[] source = new byte[33 * 31 * channels], same = new byte[source.Length], other = new byte[50 * 7 * channels];
        for (int i = 0; i < source.Length; i++)
            source[i] = (byte)Math.Max(1, i * 7 % 256);
        Resample.Bicubic(source, 33, 31, 33 * channels, channels, same, 33, 31, 33 * channels);
        Assert.Equal(source, same);

        Array.Fill(source, (byte)200);
        Resample.Bicubic(source, 33, 31, 33 * channels, channels, other, 50, 7, 50 * channels);
        Assert.All(other, value => Assert.Equal(200, value));
    }

    [Theory]
    [InlineData(24, 24, 7, 5)]
    [InlineData(6, 6, 40, 30)]
    public void Transparent_pixels_do_not_bleed(int width, int height, int newWidth, int newHeight)
    {
        byte[] source = new byte[width * height * 4], result = new byte[newWidth * newHeight * 4];
        for (int i = 0; i < source.Length; i += 4)
        {
            bool visible = i / 4 % width < width / 2;
            byte[] pixel = visible ? [250, 10, 60, 255] : [0, 255, 255, 0];
            pixel.CopyTo(source, i);
        }

        Resample.Bicubic(source, width, height, width * 4, 4, result, newWidth, newHeight, newWidth * 4);
        foreach (byte[] pixel in result.Chunk(4))
        {
            byte[] expected = pixel[3] == 0 ? [0, 0, 0] : [250, 10, 60];
            Assert.Equal(expected, pixel[..3]);
        }

        Assert.Contains(result.Chunk(4), pixel => pixel[3] == 0);
        Assert.Contains(result.Chunk(4), pixel => pixel[3] is > 0 and < 255);
    }

    [Fact]
    public void Bytes_between_rows_and_after_the_last_are_not_written()
    {
        byte[] result = new byte[5 * 40 + 8];
        Array.Fill(result, (byte)77);
        Resample.Bicubic(new byte[100 * 90 * 3], 100, 90, 300, 3, result, 11, 5, 40);
        for (int i = 0; i < result.Length; i++)
            Assert.Equal(i < 200 && i % 40 < 33 ? 0 : 77, result[i]);
    }

    [Fact]
    public void Errors_name_both_values()
    {
        byte[] ten = new byte[10], nine = new byte[9];
        Assert.Contains("'channels' is 2; it must be 1, 3 or 4", Message(() => Resample.Bicubic(ten, 1, 1, 3, 2, nine, 1, 1, 3)));
        Assert.Contains("'source' is 0x1", Message(() => Resample.Bicubic(ten, 0, 1, 3, 3, nine, 1, 1, 3)));
        Assert.Contains("'destination' is 1x-1", Message(() => Resample.Bicubic(ten, 1, 1, 3, 3, nine, 1, -1, 3)));
        Assert.Contains("stride of 5 bytes, a row needs 6", Message(() => Resample.Bicubic(ten, 2, 1, 5, 3, nine, 1, 1, 3)));
        Assert.Contains("'source' has 10 bytes, 2x2 pixels need 12", Message(() => Resample.Bicubic(ten, 2, 2, 6, 3, nine, 1, 1, 3)));
        Assert.Contains("'destination' has 9 bytes, 4x1 pixels need 12", Message(() => Resample.Bicubic(ten, 1, 1, 3, 3, nine, 4, 1, 12)));
        Assert.Contains("overlaps", Message(() => Resample.Bicubic(ten, 1, 1, 3, 3, ten, 1, 1, 3)));

        static string Message(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
    }
}
