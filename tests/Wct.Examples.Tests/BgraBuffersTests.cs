using Wct.Imaging;
using Wct.Net;

namespace Wct.Examples.Tests;

public class BgraBuffersTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public void StylizingBgraInPlaceGivesTheRgbResult()
    {
        using TemporaryFolder folder = new();
        PixelImage photo = Example.Noise(folder.File("photo.png"), 37, 29, 1),
            painting = Example.Noise(folder.File("painting.png"), 40, 24, 2);
        string[] arguments = [folder.File("photo.png"), folder.File("painting.png"), folder.File("out.png")];
        string said = Programs.Succeed(Limit, folder.Path, Programs.Dotnet, [Example.Program("BgraBuffers"), .. arguments]);
        Assert.Equal("37x29, 192 bytes a row\n", said.ReplaceLineEndings("\n"));

        using StyleTransfer transfer = StyleTransfer.Load();
        PixelImage expected = transfer.Stylize(photo, painting);
        Assert.Equal(expected.Bytes, ImageFile.Read(folder.File("out.png")).Bytes);
    }
}
