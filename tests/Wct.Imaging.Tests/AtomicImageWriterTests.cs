namespace Wct.Imaging.Tests;

public class AtomicImageWriterTests
{
    private static readonly PixelImage Old = TestPictures.Make(5, 4, PixelLayout.Rgb24, seed: 1, noisy: true);
    private static readonly PixelImage New = TestPictures.Make(6, 8, PixelLayout.Rgb24, seed: 2, noisy: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_unfinished_file_changes_nothing(bool existing)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.png");
        if (existing)
            ImageFile.Write(path, Old);
        string[] before = Directory.GetFiles(folder.Path);
        using (ImageWriter writer = ImageFile.Create(path, 6, 8, PixelLayout.Rgb24))
        {
            writer.WriteRows(New.Bytes.AsSpan(0, 3 * New.Stride));
            Assert.Equal(before.Length + 1, Directory.GetFiles(folder.Path).Length);
            Assert.Throws<ArgumentException>(() => writer.WriteRows(New.Bytes));
            Assert.Throws<InvalidOperationException>(writer.Complete);
        }

        Assert.Equal(before, Directory.GetFiles(folder.Path));
        if (existing)
            Assert.Equal(Old.Bytes, ImageFile.Read(path).Bytes);
    }

    [Fact]
    public void The_target_changes_only_when_the_picture_is_complete()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.png");
        ImageFile.Write(path, Old);
        using ImageWriter writer = ImageFile.Create(path, 6, 8, PixelLayout.Rgb24);
        writer.WriteRows(New.Bytes);
        Assert.Equal(Old.Bytes, ImageFile.Read(path).Bytes);
        writer.Complete();
        Assert.Equal(New.Bytes, ImageFile.Read(path).Bytes);
        writer.Dispose();
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_target_that_cannot_be_replaced_leaves_no_temporary_file()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.png");
        using (ImageWriter writer = ImageFile.Create(path, 6, 8, PixelLayout.Rgb24))
        {
            writer.WriteRows(New.Bytes);
            Directory.CreateDirectory(path);
            Assert.ThrowsAny<Exception>(writer.Complete);
        }

        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_link_is_followed()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("elsewhere"));
        ImageFile.Write(folder.File("elsewhere/real.png"), Old);
        File.CreateSymbolicLink(folder.File("link.png"), folder.File("elsewhere/real.png"));
        ImageFile.Write(folder.File("link.png"), New);
        Assert.Equal(New.Bytes, ImageFile.Read(folder.File("elsewhere/real.png")).Bytes);
        Assert.NotNull(new FileInfo(folder.File("link.png")).LinkTarget);
        Assert.Single(Directory.GetFiles(folder.File("elsewhere")));
    }

    [Fact]
    public void A_pipe_is_refused_and_stays()
    {
        using TemporaryFolder folder = new();
        string path = folder.Pipe("x.png");
        File.CreateSymbolicLink(folder.File("link.png"), path);
        foreach (string name in new[] { path, folder.File("link.png") })
            Assert.Equal(
                $"{name}: is a device or a pipe, only files are replaced.",
                Assert.Throws<IOException>(() => ImageFile.Write(name, New)).Message);
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void Names_may_be_as_long_as_the_file_system_allows(int length, bool allowed)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows limits whole paths");
        using TemporaryFolder folder = new();
        string path = folder.File(new string('x', length - 4) + ".png");
        if (allowed)
            ImageFile.Write(path, New);
        else
            Assert.StartsWith(
                $"{path}: ", Assert.Throws<PathTooLongException>(() => ImageFile.Create(path, 1, 1, PixelLayout.Rgb24)).Message);
        Assert.Equal(allowed ? [path] : [], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_relative_path_means_the_current_folder()
    {
        string name = $"wct-{Guid.NewGuid():N}.png";
        try
        {
            ImageFile.Write(name, Old);
            Assert.Equal(Old.Bytes, ImageFile.Read(Path.Combine(Environment.CurrentDirectory, name)).Bytes);
        }
        finally
        {
            File.Delete(name);
        }
    }
}
