using Wct.Net.Models;
using Xunit;

namespace Wct.Net.Tests;

/// <summary>Stylizing a second picture of the same size reuses pooled memory.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Side = 512, Calls = 4;

    // Less than one matrix of the deepest level (128 KB); a picture uses dozens of them.
    private const long Most = 100_000;

    [Fact]
    public void ASecondPictureOfTheSameSizeAllocatesLittle()
    {
        using StyleTransfer transfer = new(RandomModel.Create(RandomModel.CompactWidths, 1), new LoadOptions { Threads = 1 });
        PixelImage content = Pictures.Textured(Side, Side, 1);
        PreparedStyle style = transfer.PrepareStyle(Pictures.Textured(Side, Side, 2));
        byte[] result = new byte[Side * Side * 3];
        transfer.Stylize(content, style, result, 0, PixelLayout.Rgb24, cancellationToken: TestContext.Current.CancellationToken);

        // Measures only this thread, which does all the work. The pool sometimes frees memory, so the minimum of a few calls counts.
        long allocated = long.MaxValue;
        for (int i = 0; i < Calls; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            transfer.Stylize(content, style, result, 0, PixelLayout.Rgb24, cancellationToken: TestContext.Current.CancellationToken);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        output.WriteLine($"{allocated} bytes");
        Assert.InRange(allocated, 0, Most);
    }
}

/// <summary>Runs after all other tests. They use the same pool of matrices, and would take those that a picture returned.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
