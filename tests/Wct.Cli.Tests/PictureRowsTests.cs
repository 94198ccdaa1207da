using Wct.Cli.Stylize;
using Wct.Imaging;

namespace Wct.Cli.Tests;

public class PictureRowsTests
{
    // The result may replace its own content file, which some systems refuse while the file is open.
    [Fact]
    public void TheFileIsClosedAfterItsLastRow()
    {
        using TemporaryFolder folder = new();
        string path = folder.File(TestPictures.Write(folder, "c.png", 20, 30));
        PixelImage expected = ImageFile.Read(path);
        using PictureRows rows = new(path, ImageFile.Open(path), new PictureWarnings());
        byte[] read = new byte[expected.Bytes.Length];
        rows.ReadRows(read.AsSpan(0, 10 * expected.Stride));
        Assert.ThrowsAny<IOException>(() => OpenAlone(path));
        rows.ReadRows(read.AsSpan(10 * expected.Stride));
        OpenAlone(path);
        Assert.Equal(expected.Bytes, read);
    }

    private static void OpenAlone(string path) => new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
}
