namespace Wct.Kernels.Tests;

/// <summary>Compares resizing with Pillow's Image.resize (BICUBIC).</summary>
public class ResamplePillowTests
{
    private const string Script = """
        import sys
        from PIL import Image
        mode, w, h, nw, nh, source, target = sys.argv[1:]
        image = Image.frombytes(mode, (int(w), int(h)), open(source, "rb").read())
        open(target, "wb").write(image.resize((int(nw), int(nh)), Image.BICUBIC).tobytes())
        """;

    [Theory]
    [InlineData("L", 100, 80, 37, 23)]
    [InlineData("L", 37, 23, 100, 80)]
    [InlineData("RGB", 400, 300, 68, 51)]
    [InlineData("RGB", 133, 97, 132, 98)]
    [InlineData("RGB", 31, 33, 200, 10)]
    [InlineData("RGB", 68, 51, 400, 300)]
    [InlineData("RGBA", 200, 150, 68, 51)]
    [InlineData("RGBA", 40, 30, 111, 99)]
    public void Agrees_to_one_level(string mode, int width, int height, int newWidth, int newHeight)
    {
        using TemporaryFolder folder = new();
        int channels = mode.Length == 1 ? 1 : mode.Length;
        byte[] source = new byte[width * height * channels], actual = new byte[newWidth * newHeight * channels];
        Random random = new(1);

        // Levels in a range that can't overshoot, because Pillow clamps between its two passes and ours doesn't. Opaque, because Pillow
        // rounds premultiplied colors to 8 bits.
        for (int i = 0; i < source.Length; i++)
            source[i] = (byte)(i % channels == 3 ? 255 : 128 + 50 * Math.Sin(0.01 * i) + random.Next(-20, 20));
        Resample.Bicubic(source, width, height, width * channels, channels, actual, newWidth, newHeight, newWidth * channels);

        File.WriteAllBytes(folder.File("source"), source);
        Programs.Succeed(
            TimeSpan.FromMinutes(5), folder.Path, Python.Need("python3-pil", "PIL.Image"), "-c", Script, mode, $"{width}", $"{height}",
            $"{newWidth}",
            $"{newHeight}", "source", "target");
        byte[] expected = File.ReadAllBytes(folder.File("target"));
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < actual.Length; i++)
            Assert.True(Math.Abs(actual[i] - expected[i]) <= 1, $"byte {i} is {actual[i]}, Pillow has {expected[i]}");
    }

    // Stored results of Pillow, for machines without it.
    [Fact]
    public void Agrees_to_one_level_with_stored_results()
    {
        GoldenFile golden = new(Shared.Golden("resized"));
        Assert.Equal(8, golden.Names.Count());
        foreach (string name in golden.Names)
        {
            int[] numbers = [.. name.Split(' ').Select(int.Parse)];
            (int channels, int width, int height, int newWidth, int newHeight) =
                (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
            byte[] source = GoldenNumbers.Picture(width, height, channels, 9000), expected = golden.Bytes(name),
                actual = new byte[expected.Length];
            for (int i = 0; i < source.Length; i++)
                source[i] = (byte)(i % 4 == 3 && channels == 4 ? 255 : source[i] / 2 + 64);
            Resample.Bicubic(source, width, height, width * channels, channels, actual, newWidth, newHeight, newWidth * channels);
            for (int i = 0; i < actual.Length; i++)
                Assert.True(Math.Abs(actual[i] - expected[i]) <= 1, $"{name}: byte {i} is {actual[i]}, Pillow has {expected[i]}");
        }
    }
}
