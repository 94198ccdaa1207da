using Wct.Imaging;
using Wct.Training.Data;

namespace Wct.Training.Tests.Data;

public class CropStreamTests
{
    [Fact]
    public void CropsDependOnlyOnTheSeedAndTheirIndex()
    {
        using TemporaryFolder folder = new();
        PictureFolder pictures = new(TrainingPictures.Folder(folder, 5));
        byte[][] expected = Take(pictures, seed: 1, first: 0, ahead: 1, count: 12);
        Assert.Equal(expected, Take(pictures, 1, 0, ahead: 9, count: 12));
        Assert.Equal(expected[7..], Take(pictures, 1, first: 7, ahead: 3, count: 5));
        Assert.NotEqual(expected, Take(pictures, seed: 2, 0, 1, 12));
        Assert.Equal(12, expected.Select(crop => Convert.ToHexString(crop)).Distinct().Count());
    }

    [Fact]
    public void BrokenFilesAreReportedOnceAndSkipped()
    {
        using TemporaryFolder folder = new();
        string path = TrainingPictures.Folder(folder, 3);
        File.WriteAllText(Path.Combine(path, "broken.png"), "no picture");
        List<string> warnings = [];
        byte[][] crops = Take(new PictureFolder(path), 1, 0, 4, 20, warnings);
        Assert.Equal(20, crops.Length);
        Assert.Contains("broken.png", Assert.Single(warnings));
    }

    [Fact]
    public void DamagedFilesAreReportedOnceAndUsed()
    {
        using TemporaryFolder folder = new();
        (string path, string[] expected) = TrainingPictures.Damaged(folder, 2);
        List<string> damage = [];
        using CropStream stream = new(
            new PictureFolder(path).Training, 32, 24, seed: 1, first: 0, ahead: 8, text => Assert.Fail(text), damage.Add);
        for (int i = 0; i < 20; i++)
            stream.Next(TestContext.Current.CancellationToken);
        Assert.Equal(expected, damage.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AFolderOfOnlyBrokenFilesFails()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("broken.png"), "no picture");
        Assert.Contains(
            "None of 1 pictures can be read",
            Assert.Throws<InvalidDataException>(() => Take(new PictureFolder(folder.Path), 1, 0, 2, 1)).Message);
    }

    [Fact]
    public void WithoutFilesThereIsNoStream() => Assert.Contains(
        "no picture files",
        Assert.Throws<ArgumentException>(() => new CropStream([], 32, 24, seed: 1, first: 0, ahead: 1, _ => { })).Message);

    [Fact]
    public void HeldOutPicturesAreAlwaysTheSame()
    {
        using TemporaryFolder folder = new();
        string path = TrainingPictures.Folder(folder, 6);
        PictureFolder first = new(path, 2), second = new(path, 2);
        Assert.Equal(first.HeldOut, second.HeldOut);
        Assert.Equal(6, first.HeldOut.Concat(first.Training).Distinct().Count());
        Assert.Contains("has 6 pictures", Assert.Throws<InvalidDataException>(() => new PictureFolder(path, 6)).Message);
        Assert.Throws<DirectoryNotFoundException>(() => new PictureFolder(folder.File("nowhere")));
    }

    [Fact]
    public void ShorterSidesAreResized()
    {
        using TemporaryFolder folder = new();
        ImageFile.Write(folder.File("wide.png"), TrainingPictures.Draw(100, 50, 1));
        PixelImage picture = Crop.Read(folder.File("wide.png"), 20);
        Assert.Equal((40, 20), (picture.Width, picture.Height));
    }

    [Fact]
    public void TooNarrowPicturesAreSkipped()
    {
        using TemporaryFolder folder = new();
        string path = TrainingPictures.Folder(folder, 2);
        // Resizing this picture so that its shorter side has 32 pixels would take gigabytes.
        ImageFile.Write(Path.Combine(path, "line.png"), TrainingPictures.Draw(60000, 1, 1));
        List<string> warnings = [];
        Assert.Equal(6, Take(new PictureFolder(path), 1, 0, 4, 6, warnings).Length);
        Assert.Contains("is 60000x1, too narrow", Assert.Single(warnings));
    }

    private static byte[][] Take(PictureFolder pictures, long seed, long first, int ahead, int count, List<string>? warnings = null)
    {
        using CropStream stream = new(pictures.Training, 32, 24, seed, first, ahead, text =>
        {
            lock (pictures)
                warnings?.Add(text);
        });
        byte[][] crops = [.. Enumerable.Range(0, count).Select(_ => stream.Next().Bytes)];
        Assert.Equal(first + count, stream.Position);
        return crops;
    }
}
