using Wct.Imaging.Png;

namespace Wct.Imaging.Tests.Png;

/// <summary>Other programs' view of the same files, to the last bit.</summary>
public class PngToolTests
{
    private static readonly string[] GoldenFiles = [.. from folder in "abc" from name in new[] { "content", "style", "expected" } select $"golden/cli/{folder}/{name}.png"];

    public static TheoryData<PngForge> Forges() => [.. from kind in PngForge.Kinds()
                                                       from interlaced in new[] { false, true }
                                                       select new PngForge(33, 31, kind.ColorType, kind.Depth, interlaced, kind.Transparent, Seed: 3)];

    public static TheoryData<int, int, bool> ToolFiles() => [.. from kind in PngForge.Kinds()
                                                                where !kind.Transparent
                                                                from interlaced in new[] { false, true }
                                                                select (kind.ColorType, kind.Depth, interlaced)];

    public static TheoryData<string> Golden() => [.. GoldenFiles];

    [Theory]
    [MemberData(nameof(Forges), DisableDiscoveryEnumeration = true)]
    public void Pngtopnm_sees_the_same(PngForge forge)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("x.png"), forge.Make().File);

        // pngtopnm 11.1 takes pixels of the colour that tRNS names in an RGB file for opaque, so ImageMagick is asked about these.
        bool keyed = forge is { ColorType: 2, Transparent: true };
        SameAsPngtopnm(folder.File("x.png"), keyed ? ImageMagickAlpha(folder.File("x.png")) : null);
    }

    [Theory]
    [MemberData(nameof(ToolFiles))]
    public void Files_of_ImageMagick_are_read_as_it_reads_them(int colorType, int depth, bool interlaced)
    {
        using TemporaryFolder folder = new();
        string given = WritePpm(folder, 33, 31), path = folder.File("x.png");
        string[] interlace = interlaced ? ["-interlace", "PNG"] : [];
        string[] alpha = colorType is 4 or 6 ? ["-alpha", "set", "-channel", "A", "-evaluate", "set", "40%", "+channel"] : [];
        string[] gray = colorType is 0 or 4 ? ["-colorspace", "Gray"] : [];
        string[] colors = colorType == 3 ? ["-colors", $"{1 << depth}"] : [];
        Tool.Run(
            "convert", "imagemagick",
            [given, .. gray, .. alpha, .. colors, .. interlace, "-define", $"png:color-type={colorType}", "-define", $"png:bit-depth={depth}", path]);

        using ImageReader reader = ImageFile.Open(path);
        Bitmap bitmap = reader.ReadAll();
        byte[] deep = Tool.Run("convert", "imagemagick", path, "-depth", "16", "-endian", "MSB", "rgba:-");
        byte[] seen = [.. deep.Chunk(2).Select(s => (byte)Math.Round((256 * s[0] + s[1]) * 255.0 / 65535, MidpointRounding.AwayFromZero))];
        Assert.Equal(seen, Rgba(bitmap));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(64)]
    public void Files_of_pnmtopng_are_read_as_pngtopnm_reads_them(int width)
    {
        using TemporaryFolder folder = new();
        string given = WritePpm(folder, width, 23);
        foreach (string[] options in new string[][] { [], ["-interlace"], ["-transparent", "=rgb:00/00/00"], ["-force", "-compression", "0"] })
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
        Bitmap bitmap = ImageFile.Read(path);
        RawPnm color = RawPnm.Parse(Tool.Run("pngtopnm", "netpbm", path));
        expectedAlpha ??= RawPnm.Parse(Tool.Run("pngtopnm", "netpbm", "-alpha", path)).Samples;
        Assert.Equal((bitmap.Width, bitmap.Height), (color.Width, color.Height));
        Assert.Equal(color.Rgb(), TestPictures.Rgb(bitmap));
        Assert.Equal(expectedAlpha, TestPictures.Alpha(bitmap));
    }

    private static byte[] ImageMagickAlpha(string path) => Tool.Run("convert", "imagemagick", path, "-alpha", "extract", "-depth", "8", "gray:-");

    private static string WritePpm(TemporaryFolder folder, int width, int height)
    {
        string path = folder.File("given.ppm");
        ImageFile.Write(path, TestPictures.Make(width, height, PixelFormat.Rgb24, seed: width, noisy: false));
        return path;
    }

    private static byte[] Rgba(Bitmap bitmap) =>
        [.. TestPictures.Rgb(bitmap).Chunk(3).Zip(TestPictures.Alpha(bitmap), (rgb, alpha) => (byte[])[.. rgb, alpha]).SelectMany(p => p)];
}
