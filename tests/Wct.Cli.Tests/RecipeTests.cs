using System.Buffers.Binary;
using Wct.Imaging;
using Wct.Net;

namespace Wct.Cli.Tests;

/// <summary>Tests of recipes on the command line.</summary>
public sealed class RecipeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _model;

    public RecipeTests(TinyModel model)
    {
        _model = model.Path;
        TestPictures.Write(_folder, "photo.png", 40, 30);
        TestPictures.Write(_folder, "painting.png", 32, 36);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AValueForAllLevelsReplacesThoseOfSingleLevels()
    {
        Run("photo.png", "painting.png", "--alpha", "5:0.1", "--transform", "4:ot", "--save-recipe", "mine.json", "-o", "first.png");
        Run("--recipe", "mine.json", "--alpha", "1", "--transform", "adain", "-o", "replaced.png");
        Run("photo.png", "painting.png", "--alpha", "1", "--transform", "adain", "-o", "plain.png");
        AssertSame("plain.png", "replaced.png");
    }

    [Fact]
    public void LevelsKeepTheirSettings()
    {
        Run("photo.png", "painting.png", "--alpha", "5:0.1", "--transform", "4:ot", "--save-recipe", "mine.json", "-o", "first.png");
        Run("--recipe", "mine.json", "--levels", "43", "-o", "fewer.png");
        Run("photo.png", "painting.png", "--levels", "43", "--transform", "4:ot", "-o", "plain.png");
        AssertSame("plain.png", "fewer.png");
    }

    [Fact]
    public void WhiteningCanBeMadeAgain()
    {
        Run("photo.png", "--whiten-only", "--levels", "3", "-o", "white.png");
        Run("--recipe", "white.png", "-o", "again.png");
        AssertSame("white.png", "again.png");
        Outcome colors = Try("photo.png", "--whiten-only", "--preserve-color", "linear", "-o", "no.png");
        Assert.Equal(2, colors.ExitCode);
        Assert.Contains("--preserve-color linear changes the style's colors", colors.Error);
        Assert.Contains("there is no style", Try("*.png", "--whiten-only", "-o", "results").Error);
    }

    [Fact]
    public void RecipesBehindThePixelsAreFound()
    {
        Run("photo.png", "painting.png", "--alpha", "0.3", "-o", "first.png");
        File.WriteAllBytes(_folder.File("moved.png"), TextsLast(File.ReadAllBytes(_folder.File("first.png"))));
        Run("--recipe", "moved.png", "-o", "again.png");
        AssertSame("first.png", "again.png");
        Assert.Contains("moved.png: is an input", Try("--recipe", "moved.png", "-o", "moved.png").Error);
        Assert.Contains("painting.png: has no recipe in it", Try("--recipe", "painting.png", "-o", "no.png").Error);
    }

    [Fact]
    public void LevelsReplaceNoInput()
    {
        Directory.CreateDirectory(_folder.File("levels"));
        File.Move(_folder.File("photo.png"), _folder.File("levels/level4.png"));
        byte[] photo = File.ReadAllBytes(_folder.File("levels/level4.png"));
        string[] arguments = ["levels/level4.png", "painting.png", "--save-levels", "levels", "-o", "out.png"];
        Assert.Contains("level4.png: is an input", Try(arguments).Error);
        Assert.Equal(photo, File.ReadAllBytes(_folder.File("levels/level4.png")));
        Run([.. arguments, "--levels", "321"]);
        Run([.. arguments, "--force"]);
    }

    private Outcome Try(params string[] arguments) =>
        WctProcess.Run(_folder.Path, ["stylize", .. arguments, "-w", _model, "--device", "cpu", "-t", "1"]);

    private void Run(params string[] arguments)
    {
        Outcome outcome = Try(arguments);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
    }

    private void AssertSame(string expected, string actual) =>
        Assert.Equal(ImageFile.Read(_folder.File(expected)).Bytes, ImageFile.Read(_folder.File(actual)).Bytes);

    // Moves the texts of a PNG file behind its pixels.
    private static byte[] TextsLast(byte[] file)
    {
        const int Signature = 8, Overhead = 12, End = 12;
        List<byte> others = [.. file[..Signature]], texts = [];
        for (int at = Signature; at < file.Length - End;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at)) + Overhead;
            (file.AsSpan(at + 4, 4).SequenceEqual("iTXt"u8) ? texts : others).AddRange(file[at..(at + length)]);
            at += length;
        }

        Assert.NotEmpty(texts);
        return [.. others, .. texts, .. file[^End..]];
    }
}
