using System.Text;

namespace Wct.Imaging.Magick.Tests;

public sealed class SignatureTests
{
    public SignatureTests() => MagickFormats.Register();

    [Theory]
    [InlineData("RIFF\x10\0\0\0WEBPVP8 ", "WebP")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "HEIC")]
    [InlineData("\0\0\0\u0018ftypmif1\0\0\0\0mif1heic", "HEIC")]
    [InlineData("\0\0\0\u0018ftypmif1\0\0\0\0mif1avif", "AVIF")]
    [InlineData("\0\0\0\u0018ftypavif\0\0\0\0mif1miaf", "AVIF")]
    [InlineData("II*\0\x08\0\0\0", "TIFF")]
    [InlineData("MM\0+\0\x08\0\0", "TIFF")]
    [InlineData("II*\0\x10\0\0\0CR\x02\0", "camera raw")]
    [InlineData("FUJIFILMCCD-RAW 0201", "camera raw")]
    [InlineData("\u00FF\x0A\u00FA\x1F", "JPEG XL")]
    [InlineData("\0\0\0\u000CJXL \r\n\u0087\n", "JPEG XL")]
    [InlineData("\0\0\0\u000CjP  \r\n\u0087\n", "JPEG 2000")]
    [InlineData("\u00FF\u004F\u00FF\u0051\0", "JPEG 2000")]
    [InlineData("8BPS\0\x02\0\0\0\0\0\0\0\x03\0\0\0\x01\0\0\0\x01\0\x08\0\x03", "Photoshop")]
    public void FilesAreRecognizedByTheirFirstBytes(string head, string name) =>
        Assert.Equal(name, ImageFormats.Detect(Encoding.Latin1.GetBytes(head))?.Name);

    [Theory]
    [InlineData("\0\0\0\u0018ftypisom\0\0\0\0isommp41")]
    [InlineData("\0\0\0\u0014ftypqt  \0\0\0\0qt  ")]
    [InlineData("RIFF\x10\0\0\0WAVEfmt ")]
    public void OtherFilesAreNot(string head) => Assert.Null(ImageFormats.Detect(Encoding.Latin1.GetBytes(head)));

    [Theory]
    // Directories of a TIFF file, of a DNG file, of a file with sensor data, and of a Nikon's small picture.
    [InlineData(new[] { 256, 257, 259 }, new[] { 8, 8, 1 }, false)]
    [InlineData(new[] { 256, 50706 }, new[] { 8, 1 }, true)]
    [InlineData(new[] { 256, 262 }, new[] { 8, 32803 }, true)]
    [InlineData(new[] { 254, 271, 330 }, new[] { 1, 0, 0 }, true)]
    [InlineData(new[] { 254, 330 }, new[] { 1, 0 }, false)]
    public void RawFilesAreToldFromTiffFiles(int[] tags, int[] values, bool raw)
    {
        List<byte> file = [.. "II*\0"u8, 8, 0, 0, 0, (byte)tags.Length, 0];
        foreach ((int tag, int value) in tags.Zip(values))
            file.AddRange([(byte)tag, (byte)(tag >> 8), 3, 0, 1, 0, 0, 0, (byte)value, (byte)(value >> 8), 0, 0]);
        Assert.Equal(raw, TiffKind.IsRaw(file.ToArray()));
        for (int length = 0; length < file.Count; length++)
            TiffKind.IsRaw(file.ToArray().AsSpan(0, length));
    }
}
