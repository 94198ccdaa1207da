using Wct.Imaging;
using Wct.Net;

namespace Wct.Examples.Tests;

/// <summary>Runs the examples that use the bitmaps of other packages.</summary>
public class BitmapTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("SkiaBitmaps", "37x29 Bgra8888 Opaque|37x29 Rgba8888 Opaque")]
    [InlineData("ImageSharpImages", "37x29, 24 bits a pixel")]
    public void TheResultIsTheLibrarys(string example, string said)
    {
        using TemporaryFolder folder = new();
        PixelImage photo = Example.Noise(folder.File("photo.png"), 37, 29, 1),
            painting = Example.Noise(folder.File("painting.png"), 40, 24, 2);
        string[] arguments = [folder.File("photo.png"), folder.File("painting.png"), folder.File("out.png")];
        string output = Programs.Succeed(Limit, folder.Path, Programs.Dotnet, [Example.Program(example), .. arguments]);
        Assert.Contains(output.Trim(), said.Split('|'));

        using StyleTransfer transfer = StyleTransfer.Load();
        Assert.Equal(transfer.Stylize(photo, painting).Bytes, ImageFile.Read(folder.File("out.png")).ToRgb().Bytes);
    }
}
