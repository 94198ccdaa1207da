using Wct.Imaging.Png;

namespace Wct.Imaging.Tests.Png;

/// <summary>Other programs read the same pixels from the same files, bit for bit.</summary>
public class PngToolTests
{
    public static TheoryData<PngForge> Forges() =>
    [
        .. from kind in PngForge.Kinds()
           from interlaced in new[] { false, true }
           select new PngForge(33, 31, kind.ColorType, kind.Depth, interlaced, kind.Transparent, Seed: 3),
    ];

    public static TheoryData<string> Golden() =>
        [.. from folder in "abc" from name in new[] { "content", "style", "expected" } select $"golden/cli/{folder}/{name}.png"];

    [Theory]
    [MemberData(nameof(Forges), DisableDiscoveryEnumeration = true)]
    public void Pngtopnm_sees_the_same(PngForge forge)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("x.png"), forge.Make().File);

        // pngtopnm 11.1 treats the transparent color of an RGB file as opaque, so ImageMagick is the oracle for these.
        bool keyed = forge is { ColorType: 2, Transparent: true };
        SameAsPngtopnm(folder.File("x.png"), keyed ? ImageMagickAlpha(folder.File("x.png")) : null);
    }

    [Fact]
    public void Files_of_ImageMagick_are_read_as_pngtopnm_reads_them()
    {
        using TemporaryFolder folder = new();
        List<string> paths = [], arguments = [WritePpm(folder, 33, 31)];
        foreach ((int colorType, int depth, bool _) in PngForge.Kinds().Where(kind => !kind.Transparent))
        {
            foreach (string interlace in new[] { "none", "PNG" })
            {
                paths.Add(folder.File($"type{colorType}-depth{depth}-{interlace}.png"));
                string[] translucent = ["-alpha", "set", "-channel", "A", "-evaluate", "set", "40%", "+channel"];
                string[] alpha = colorType is 4 or 6 ? translucent : [];
                string[] gray = colorType is 0 or 4 ? ["-colorspace", "Gray"] : [];
                string[] colors = colorType == 3 ? ["-colors", $"{1 << depth}"] : [];
                string[] kind = ["-define", $"png:color-type={colorType}", "-define", $"png:bit-depth={depth}", "-interlace", interlace];
                arguments.AddRange(["(", "+clone", .. gray, .. alpha, .. colors, .. kind, "-write", paths[^1], "+delete", ")"]);
            }
        }

        // One call for all files, because starting the program takes most of the time.
        Tool.Run("convert", "imagemagick", [.. arguments, "null:"]);
        foreach (string path in paths)
        {
            // For palettes, ImageMagick may choose a larger bit depth.
            byte[] head = File.ReadAllBytes(path)[..29];
            string depth = head[25] == 3 ? "[1248]" : $"{head[24]}";
            Assert.Matches($"/type{head[25]}-depth{depth}-{(head[28] == 1 ? "PNG" : "none")}.png$", path);
            SameAsPngtopnm(path);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(64)]
    public void Files_of_pnmtopng_are_read_as_pngtopnm_reads_them(int width)
    {
        using TemporaryFolder folder = new();
        string given = WritePpm(folder, width, 23);
        string[][] choices = [[], ["-interlace"], ["-transparent", "=rgb:00/00/00"], ["-force", "-compression", "0"]];
        foreach (string[] options in choices)
        {
            File.WriteAllBytes(folder.File("x.png"), Tool.Run("pnmtopng", "netpbm", [.. options, given]));
            SameAsPngtopnm(folder.File("x.png"));
        }
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void Golden_files_are_read_exactly(string relative) => SameAsPngtopnm(Shared.Path(relative));

    private static void SameAsPngtopnm(string path, byte[]? expectedAlpha = null)
    {
        PixelImage bitmap = ImageFile.Read(path);
        RawPnm color = RawPnm.Parse(Tool.Run("pngtopnm", "netpbm", path));
        expectedAlpha ??= RawPnm.Parse(Tool.Run("pngtopnm", "netpbm", "-alpha", path)).Samples;
        Assert.Equal((bitmap.Width, bitmap.Height), (color.Width, color.Height));
        Assert.True(color.Rgb().SequenceEqual(TestPictures.Rgb(bitmap)), path);
        Assert.True(expectedAlpha.SequenceEqual(TestPictures.Alpha(bitmap)), path);
    }

    private static byte[] ImageMagickAlpha(string path) =>
        Tool.Run("convert", "imagemagick", path, "-alpha", "extract", "-depth", "8", "gray:-");

    private static string WritePpm(TemporaryFolder folder, int width, int height)
    {
        string path = folder.File("given.ppm");
        ImageFile.Write(path, TestPictures.Make(width, height, PixelLayout.Rgb24, seed: width, noisy: false));
        return path;
    }
}
