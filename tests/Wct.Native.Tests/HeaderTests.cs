using System.Text.RegularExpressions;

namespace Wct.Native.Tests;

public sealed partial class HeaderTests
{
    // The limit for the library with its model, which applications ship.
    private const long MostBytes = 25_000_000;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public void TheExportsMatchTheHeader()
    {
        string library = Published.Library;
        Programs.Need("nm", "binutils");
        string[] declared = [.. Functions().Matches(File.ReadAllText(Published.Header)).Select(match => match.Groups[1].Value)
            .Order(StringComparer.Ordinal)];
        Assert.Contains("wct_stylize", declared);
        // "T" marks functions. The only other symbol, of type "A", is the version that they all have.
        string[][] symbols = [.. Programs.Succeed(Limit, Shared.Root, "nm", "-D", "--defined-only", library)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))];
        string[] exported =
            [.. symbols.Where(symbol => symbol[1] != "A").Select(symbol => symbol[2].Split('@')[0]).Order(StringComparer.Ordinal)];
        Assert.Equal(declared, exported);
    }

    [Fact]
    public void TheStatusCodesMatchTheHeader()
    {
        Dictionary<string, int> declared = Codes().Matches(File.ReadAllText(Published.Header))
            .ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value));
        Assert.Equal(Enum.GetValues<WctStatus>().Length, declared.Count(code => Enum.IsDefined(typeof(WctStatus), code.Key)));
        Assert.All(Enum.GetValues<WctStatus>(), code => Assert.Equal((int)code, declared[code.ToString()]));
    }

    [Fact]
    public void ThePixelLayoutsMatchTheHeader()
    {
        Dictionary<string, int> declared = Codes().Matches(File.ReadAllText(Published.Header))
            .ToDictionary(match => match.Groups[1].Value, match => int.Parse(match.Groups[2].Value));
        Dictionary<string, PixelLayout> formats = new()
        {
            ["WCT_RGB"] = PixelLayout.Rgb24,
            ["WCT_RGBA"] = PixelLayout.Rgba32,
            ["WCT_BGR"] = PixelLayout.Bgr24,
            ["WCT_BGRA"] = PixelLayout.Bgra32,
            ["WCT_GRAY"] = PixelLayout.Gray8,
            ["WCT_RGBA_PREMULTIPLIED"] = PixelLayout.RgbaPremultiplied,
            ["WCT_BGRA_PREMULTIPLIED"] = PixelLayout.BgraPremultiplied,
        };
        Assert.Equal(Enum.GetValues<PixelLayout>(), formats.Values.Order());
        Assert.All(formats, format => Assert.Equal((int)format.Value, declared[format.Key]));
    }

    [Fact]
    public void TheLibraryIsSmall() => Assert.InRange(new FileInfo(Published.Library).Length, 1, MostBytes);

    [Theory]
    [InlineData("gcc", "c", "-std=c99")]
    [InlineData("g++", "c++", "-std=c++11")]
    public void TheHeaderCompilesAlone(string compiler, string language, string standard)
    {
        Programs.Need(compiler, compiler);
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("alone.c"),
            "#include \"wct.h\"\nwct_options options = WCT_OPTIONS_INIT;\nwct_open_options open_options = WCT_OPEN_OPTIONS_INIT;\n");
        Programs.Succeed(
            Limit, folder.Path, compiler, "-x", language, standard, "-Wall", "-Wextra", "-Werror", "-pedantic", "-I", Published.Include,
            "-c", "alone.c",
            "-o", "alone.o");
    }

    [GeneratedRegex(@"^WCT_API [\w ]+?\*?(wct_\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Functions();

    [GeneratedRegex(@"^    (WCT_\w+) = (\d+)", RegexOptions.Multiline)]
    private static partial Regex Codes();
}
