using Wct.Imaging;
using Wct.Net;

namespace Wct.Examples.Tests;

public class IlgpuAcceleratorTests
{
    // Without a GPU, the example runs on the processor, where each thread of a thread block is a system thread.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public void TheAcceleratorGivesTheLibrarysResult()
    {
        using TemporaryFolder folder = new();
        PixelImage photo = Example.Noise(folder.File("photo.png"), 16, 15, 1),
            painting = Example.Noise(folder.File("painting.png"), 14, 16, 2);
        string[] arguments = [folder.File("photo.png"), folder.File("painting.png"), folder.File("out.png")];
        string said = Programs.Succeed(Limit, folder.Path, Programs.Dotnet, [Example.Program("IlgpuAccelerator"), .. arguments]);
        Assert.StartsWith("16x15 on ", said);

        using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = DeviceChoice.Cpu });
        StylizeOptions options = new() { Levels = said.Contains("CPU", StringComparison.Ordinal) ? [2, 1] : null };
        byte[] expected = transfer.Stylize(photo, painting, options).Bytes, actual = ImageFile.Read(folder.File("out.png")).Bytes;
        Assert.Equal(expected.Length, actual.Length);
        // The accelerator sums in another order.
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second - pair.First, -1, 1));
    }
}
