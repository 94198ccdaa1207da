using Wct.Net.Models;
using Xunit;

namespace Wct.Net.Tests;

/// <summary>A picture like the one before finds its memory where that one left it.</summary>
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Side = 512;

    // A picture uses dozens of matrices, of 128 KB at the deepest level.
    private const long Most = 1 << 20;

    [Fact]
    public void ASecondPictureOfTheSameSizeAllocatesLittle()
    {
        using StyleTransfer transfer = new(RandomModel.Create(RandomModel.CompactWidths, 1), new LoadOptions { Threads = 1 });
        PixelImage content = Pictures.Textured(Side, Side, 1);
        Style style = transfer.PrepareStyle(Pictures.Textured(Side, Side, 2));
        byte[] result = new byte[Side * Side * 3];
        transfer.Stylize(content, style, result, 0, PixelLayout.Rgb24, cancellation: TestContext.Current.CancellationToken);

        // Of this thread alone, which does all the work: other tests run beside it.
        long before = GC.GetAllocatedBytesForCurrentThread();
        transfer.Stylize(content, style, result, 0, PixelLayout.Rgb24, cancellation: TestContext.Current.CancellationToken);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine($"{allocated} bytes");
        Assert.InRange(allocated, 0, Most);
    }
}
