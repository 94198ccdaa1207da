using Wct.Net.Models;
using Xunit;

namespace Wct.Net.Tests;

/// <summary>A picture like the one before finds its memory where that one left it.</summary>
[Collection(nameof(Alone))]
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Side = 512, Calls = 4;

    // Less than one of the dozens of matrices that a picture uses, which have 128 KB at the deepest level.
    private const long Most = 100_000;

    [Fact]
    public void ASecondPictureOfTheSameSizeAllocatesLittle()
    {
        using StyleTransfer transfer = new(RandomModel.Create(RandomModel.CompactWidths, 1), new LoadOptions { Threads = 1 });
        PixelImage content = Pictures.Textured(Side, Side, 1);
        PreparedStyle style = transfer.PrepareStyle(Pictures.Textured(Side, Side, 2));
        byte[] result = new byte[Side * Side * 3];
        transfer.Stylize(content, style, result, 0, PixelLayout.Rgb24, cancellationToken: TestContext.Current.CancellationToken);

        // Of this thread alone, which does all the work. The pool gives memory back to the system now and then, so the least of a few calls
        // counts.
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

/// <summary>Runs after all other tests: they share the pool that matrices are borrowed from, and would take what a picture gave
/// back.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
