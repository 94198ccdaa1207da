namespace Wct.Cli.Tests;

/// <summary>Tests that a failure prints one line that names its cause, and leaves no file.</summary>
public sealed class FailureTests(TinyModel model)
{
    public static TheoryData<string, string> Cases => new()
    {
        { "stylize missing.png style.png -w MODEL", "missing.png: no such file" },
        { "stylize nowhere/missing.png style.png -w MODEL", "nowhere/missing.png: no such file" },
        { "stylize content.png missing.png -w MODEL", "missing.png: no such file" },
        { "stylize content.png style.png -w missing", "missing: no such file" },
        { "stylize folder style.png -w MODEL -o out", "folder: holds no pictures (.png" },
        { "stylize content.png folder -w MODEL -o out", "folder: holds no pictures (.png" },
        { "stylize nowhere/ style.png -w MODEL -o out", "nowhere/: no such folder" },
        { "stylize none*.png style.png -w MODEL -o out", "none*.png: no file matches" },
        { "stylize [x].png style.png -w MODEL -o out", "[x].png: no file matches" },
        { "stylize *.png style.png -w MODEL -o content.png", "content.png: is a file; with folders and patterns --output names a folder" },
        { "stylize content.png style.png -w MODEL -o text.png/out.png", "text.png/out.png: '" },
        { "stylize content.png style.png -w folder", "folder: holds no networks" },
        { "stylize content.png style.png -w content.png", "content.png: is a PNG picture; a model is a .safetensors file" },
        { "stylize text.png style.png -w MODEL", "text.png: not a PNG, JPEG, Netpbm, BMP, GIF, Photoshop, Radiance HDR, HEIC, AVIF, " },
        { "stylize empty.png style.png -w MODEL", "empty.png: empty file" },
        { "stylize content.png cut.png -w MODEL", "cut.png: " },
        { "stylize content.png style.png -w MODEL -o nowhere/out.png", "nowhere/out.png: the folder " },
        { "stylize content.png style.png -w MODEL -o folder.png", "folder.png: is a folder" },
        { "stylize content.png style.png -w TWO -l 521", ": level 5 is asked for, the model has 2, 1" },
        { "stylize content.png style.png -w MODEL --max-pixels 100",
            "content.png: 20x12 are 240 pixels, the limit is 100; --max-pixels raises it" },
        { "stylize content.png style.png -w MODEL --max-pixels 250",
            "style.png: 16x16 are 256 pixels, the limit is 250; --max-pixels raises it" },
        { "stylize content.png style.png -w MODEL --max-pixels 1000 --size 100",
            "content.png: resized to 167x100 it has more than 1000 pixels, the limit; --max-pixels raises it" },
        { "stylize content.png style.png -w MODEL --size 1000000", "content.png: resized to 1666667x1000000 it has more than" },
        { "weights inspect missing", "missing: no such file" },
        { "weights inspect folder", "folder: holds no networks" },
        { "weights inspect text.png", "text.png: no safetensors file" },
        { "weights import missing -o out.safetensors", "missing: no such file" },
        { "weights import folder -o out.safetensors", "folder: holds no networks" },
        { "weights import MODEL -o nowhere/out.safetensors", "nowhere/out.safetensors: the folder " },
        { "weights import MODEL -o folder", "folder: is a folder" },
        { "weights random -o nowhere/out.safetensors", "nowhere/out.safetensors: the folder " },
        { "weights random -o folder", "folder: is a folder" },
        { "weights export missing --onnx -o out", "missing: no such file" },
        { "weights export folder --onnx -o out", "folder: holds no networks" },
        { "weights export MODEL --onnx -o nowhere/out", "nowhere/out: its folder does not exist" },
        { "weights export MODEL --onnx -o text.png", "text.png: is a file" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void AFailureGivesOneLineAndNoFile(string arguments, string problem)
    {
        using TemporaryFolder folder = Prepared();
        Fails(folder, problem, WctProcess.Run(folder.Path, Split(arguments)));
    }

    [Fact]
    public void UnknownVectorWidth()
    {
        using TemporaryFolder folder = Prepared();
        Fails(folder, "WCT_ISA is '77'", WctProcess.RunWith(folder.Path, [("WCT_ISA", "77")], Split(
            "stylize content.png style.png -w MODEL")));
    }

    [Fact]
    public void TooLittleMemory()
    {
        using TemporaryFolder folder = Prepared();
        (string, string)[] limit = [("DOTNET_GCHeapHardLimit", "0x4000000")];
        Fails(folder, "not enough memory", WctProcess.RunWith(
            folder.Path, limit, Split("stylize content.png style.png -w MODEL --size 5000")));
    }

    [Fact]
    public void FolderWithoutPermission()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "an administrator may write everywhere");
        using TemporaryFolder folder = Prepared();
        if (OperatingSystem.IsWindows())
            Assert.Skip("permissions are set in another way on Windows");
        else
            File.SetUnixFileMode(folder.File("folder"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Fails(folder, "folder/out.png: no permission", WctProcess.Run(
            folder.Path, Split("stylize content.png style.png -w MODEL -o folder/out.png")));
    }

    // The file is locked instead of made unreadable, because an administrator may read every file.
    [Fact]
    public void FileInAWeightsFolder()
    {
        using TemporaryFolder folder = Prepared(), weights = new();
        string encoder = weights.File("1SE.pth");
        File.WriteAllText(encoder, "");
        File.WriteAllText(weights.File("1SD.pth"), "");
        using FileStream locked = new(encoder, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Fails(folder, $"wct: {encoder}: ", WctProcess.Run(folder.Path, "weights", "inspect", weights.Path));
    }

    [Fact]
    public void PipeInPlaceOfAModel()
    {
        using TemporaryFolder folder = Prepared(), target = new();
        string pipe = target.Pipe("pipe");
        Fails(folder, $"{pipe}: is a device or a pipe", WctProcess.Run(folder.Path, "weights", "import", model.Path, "-o", pipe));
        Assert.Single(Directory.GetFileSystemEntries(target.Path));
    }

    // A file name can't add a second line or control the terminal.
    [Fact]
    public void ControlCharactersInNames()
    {
        using TemporaryFolder folder = Prepared();
        Fails(folder, "a?[31m?b.png: no such file", WctProcess.Run(
            folder.Path, "stylize", "a\e[31m\nb.png", "style.png", "-w", model.Path));
    }

    private static void Fails(TemporaryFolder folder, string problem, Outcome outcome)
    {
        Assert.Equal(ExitCode.Failed, outcome.ExitCode);
        Assert.Matches(@"\Awct: [^\r\n]+\r?\n\z", outcome.Error);
        Assert.Contains(problem, outcome.Error);
        Assert.DoesNotContain("Parameter '", outcome.Error);
        Assert.Equal("", outcome.Output);
        Assert.Equal(
            ["content.png", "cut.png", "empty.png", "folder", "folder.png", "style.png", "text.png"],
            new DirectoryInfo(folder.Path).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).Select(entry => entry.Name)
            .Order(StringComparer.Ordinal));
    }

    private static TemporaryFolder Prepared()
    {
        TemporaryFolder folder = new();
        TestPictures.Write(folder, "content.png", 20, 12);
        TestPictures.Write(folder, "style.png", 16, 16);
        byte[] whole = File.ReadAllBytes(folder.File("content.png"));
        File.WriteAllBytes(folder.File("cut.png"), whole[..(whole.Length / 2)]);
        File.WriteAllText(folder.File("text.png"), "no picture, but quite some text");
        File.WriteAllBytes(folder.File("empty.png"), []);
        Directory.CreateDirectory(folder.File("folder"));
        Directory.CreateDirectory(folder.File("folder.png"));
        return folder;
    }

    private string[] Split(string arguments) =>
        [.. arguments.Split(' ').Select(argument => argument switch { "MODEL" => model.Path, "TWO" => model.TwoLevels, _ => argument })];
}
