using Wct.Imaging;
using Wct.Training.Data;

namespace Wct.Training.Tests.Data;

public class PictureFolderTests
{
    [Fact]
    public void CyclicLinksAreFollowedOnce()
    {
        using TemporaryFolder folder = Linked();
        string path = TrainingPictures.Folder(folder, 5), below = Directory.CreateDirectory(Path.Combine(path, "below")).FullName;
        string[] expected = [.. new PictureFolder(path).Training];
        string description = new PictureFolder(path).Description;
        File.CreateSymbolicLink(Path.Combine(path, "1 here"), ".");
        File.CreateSymbolicLink(Path.Combine(path, "2 here"), ".");
        File.CreateSymbolicLink(Path.Combine(below, "up"), "..");
        File.CreateSymbolicLink(Path.Combine(below, "down"), below);
        PictureFolder pictures = new(path, 2);
        Assert.Equal(expected, pictures.Training.Concat(pictures.HeldOut).Order(StringComparer.Ordinal));
        Assert.Equal(description, new PictureFolder(path).Description);
    }

    [Fact]
    public void AFileWithSeveralNamesCountsOnce()
    {
        using TemporaryFolder folder = Linked();
        string path = TrainingPictures.Folder(folder, 5);
        string[] expected = [.. new PictureFolder(path).Training];
        string outside = Directory.CreateDirectory(folder.File("outside")).FullName, other = Path.Combine(outside, "other.png");
        ImageFile.Write(other, TrainingPictures.Draw(40, 40, 9));
        for (int i = 0; i < 5; i++)
        {
            // One name is sorted before the file's own name, the other after it.
            File.CreateSymbolicLink(Path.Combine(path, $"-{i}.png"), $"{i:00}.png");
            Tool.Run("ln", "coreutils", expected[i], Path.Combine(path, $"{i:00} again.png"));
        }

        File.CreateSymbolicLink(Path.Combine(path, "a"), outside);
        File.CreateSymbolicLink(Path.Combine(path, "b"), outside);
        File.CreateSymbolicLink(Path.Combine(path, "c.png"), other);
        string[] own = [.. expected.Select(file => file.Replace(".png", " again.png")).Append(Path.Combine(path, "a", "other.png"))];
        foreach (int heldOut in (int[])[0, 1, 3, 5])
        {
            PictureFolder pictures = new(path, heldOut);
            Assert.Equal((6 - heldOut, heldOut), (pictures.Training.Count, pictures.HeldOut.Count));
            Assert.Equal(own.Order(StringComparer.Ordinal), pictures.Training.Concat(pictures.HeldOut).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void UnreadableFilesAreReportedAndSkipped()
    {
        using TemporaryFolder folder = Linked();
        string path = TrainingPictures.Folder(folder, 3);
        string[] expected = [.. new PictureFolder(path).Training];
        File.CreateSymbolicLink(Path.Combine(path, "nothing.png"), "nowhere.png");
        File.CreateSymbolicLink(Path.Combine(path, "nothing"), "nowhere");
        Tool.Run("mkfifo", "coreutils", Path.Combine(path, "pipe.png"));
        Programs.Succeed(
            TimeSpan.FromMinutes(1), path, "sh", "-c",
            "cp \"$1/00.png\" \"$1/$(printf 'caf\\351.png')\"; mkdir \"$1/$(printf 'h\\366hle')\"", "sh", path);
        List<string> warnings = [];
        Assert.Equal(expected, new PictureFolder(path, 0, warnings.Add, TestContext.Current.CancellationToken).Training);
        warnings.Sort(StringComparer.Ordinal);
        Assert.Equal(4, warnings.Count);
        Assert.StartsWith(Path.Combine(path, "caf\uFFFD.png: its name is not valid UTF-8"), warnings[0]);
        Assert.StartsWith(Path.Combine(path, "h\uFFFDhle: its name is not valid UTF-8"), warnings[1]);
        Assert.Equal(Path.Combine(path, "nothing.png: a link to nothing"), warnings[2]);
        Assert.Equal(Path.Combine(path, "pipe.png: a device or a pipe"), warnings[3]);
        Tool.Run("find", "findutils", path, "-delete");
    }

    [Fact]
    public void UnreadableFoldersAreReportedAndSkipped()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "an administrator may read everything");
        using TemporaryFolder folder = Linked();
        string path = TrainingPictures.Folder(folder, 3), closed = Directory.CreateDirectory(Path.Combine(path, "closed")).FullName;
        Tool.Run("chmod", "coreutils", "0", closed);
        List<string> warnings = [];
        Assert.Equal(3, new PictureFolder(path, 0, warnings.Add, TestContext.Current.CancellationToken).Training.Count);
        Assert.Equal($"{closed}: no permission to list it", Assert.Single(warnings));
        Tool.Run("chmod", "coreutils", "700", closed);
    }

    [Fact]
    public void ListingCanBeCanceled()
    {
        using TemporaryFolder folder = Linked();
        string path = TrainingPictures.Folder(folder, 3);
        for (int i = 0; i < 5; i++)
            File.CreateSymbolicLink(Path.Combine(path, $"nothing{i}.png"), "nowhere.png");
        using CancellationTokenSource source = new();
        int warnings = 0;
        void Cancel(string warning)
        {
            warnings++;
            source.Cancel();
        }

        Assert.Throws<OperationCanceledException>(() => new PictureFolder(path, 0, Cancel, source.Token));
        Assert.Equal(1, warnings);
    }

    [Fact]
    public void APathWithoutPicturesIsRefused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("file"), "");
        Assert.Contains("file: is a file", Assert.Throws<IOException>(() => new PictureFolder(folder.File("file"))).Message);
        Assert.Contains("has 0 pictures (.png", Assert.Throws<InvalidDataException>(() => new PictureFolder(folder.Path)).Message);
    }

    private static TemporaryFolder Linked()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs links of both kinds, which other systems make and tell in other ways");
        return new TemporaryFolder();
    }
}
