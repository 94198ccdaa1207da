using Wct.Kernels.Cpu;
using Wct.Kernels.Tests.Contract;

namespace Wct.Kernels.Tests.Cpu;

public class BufferPoolTests
{
    private static readonly TensorShape Shape = new(1, 1, 1);

    // Buffers that fit are reused. A much larger one is used only if a new buffer would force it to be freed.
    [Theory]
    [InlineData(1000, 2000, 900, 2000, false)]
    [InlineData(2000, 1000, 1000, 900, true)]
    public void ReturnedBuffersAreReused(int first, int second, int third, int fourth, bool swapped)
    {
        CountingSource source = new();
        using BufferPool pool = new(source);
        NativeBuffer one = pool.Rent((nuint)first, Shape), two = pool.Rent((nuint)second, Shape);
        pool.Return(one);
        pool.Return(two);
        Assert.Same(swapped ? two : one, pool.Rent((nuint)third, Shape));
        Assert.Same(swapped ? one : two, pool.Rent((nuint)fourth, Shape));
        Assert.Equal(2, source.Count);
        pool.Return(one);
        pool.Return(two);
    }

    [Fact]
    public void AChainThatRunsAgainAllocatesNothing()
    {
        CountingSource source = new();
        using BufferPool pool = new(source);
        nuint[] layers = [64_000, 16_000, 32_000, 8_000, 16_000, 4_000, 1_000];
        int first = 0;
        for (int run = 0; run < 3; run++)
        {
            NativeBuffer? before = null;
            foreach (nuint bytes in layers)
            {
                NativeBuffer next = pool.Rent(bytes, Shape);
                if (before is not null)
                    pool.Return(before);
                before = next;
            }

            pool.Return(before!);
            first = run == 0 ? source.Count : first;
        }

        Assert.Equal(first, source.Count);
    }

    [Fact]
    public void HeldMemoryNeverExceedsThePeak()
    {
        CountingSource source = new();
        using (BufferPool pool = new(source))
        {
            // No size fits another, so each buffer is new and kept ones must be freed.
            for (nuint bytes = 1000; bytes < 100_000; bytes += bytes / 3)
            {
                pool.Return(pool.Rent(bytes, Shape));
                Assert.Equal((long)bytes, source.Held);
            }

            pool.FreeCachedBuffers();
            Assert.Equal(0, source.Held);
            NativeBuffer open = pool.Rent(10, Shape);
            pool.Dispose();
            pool.Return(open);
        }

        Assert.Equal(0, source.Held);
    }
}
