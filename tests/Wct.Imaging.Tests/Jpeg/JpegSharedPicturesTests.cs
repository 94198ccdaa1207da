namespace Wct.Imaging.Tests.Jpeg;

/// <summary>Decodes real pictures, written by cameras and programs, like djpeg.</summary>
public class JpegSharedPicturesTests
{
    [Theory]
    [InlineData("content", 1)]
    [InlineData("style", 1)]
    [InlineData("mask", 1)]
    [InlineData("video", 1)]
    [InlineData("train", 10)]
    public void Decodes_as_djpeg_does(string folder, int every)
    {
        string[] files = [.. Directory.EnumerateFiles(Shared.Path($"images/{folder}"), "*.jp*g").Order(StringComparer.Ordinal)];
        Assert.NotEmpty(files);
        for (int i = 0; i < files.Length; i += every)
            Oracle.AssertSame(Oracle.Djpeg(files[i]), Oracle.Decode(File.ReadAllBytes(files[i])), files[i]);
    }
}
