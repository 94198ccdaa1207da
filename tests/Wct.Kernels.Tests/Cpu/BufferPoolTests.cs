using Wct.Kernels.Cpu;

namespace Wct.Kernels.Tests.Cpu;

public class BufferPoolTests
{
    private static readonly TensorShape Shape = new(1, 1, 1);

    [Fact]
    public void ReturnedBuffersAreReused()
    {
        CountingSource source = new();
        using BufferPool pool = new(source);
        NativeBuffer first = pool.Rent(1000, Shape), second = pool.Rent(2000, Shape);
        pool.Return(first);
        pool.Return(second);
        Assert.Same(first, pool.Rent(900, Shape));
        Assert.Same(second, pool.Rent(2000, Shape));
        Assert.Equal(2, source.Allocations);
        pool.Return(first);
        pool.Return(second);
    }

    [Fact]
    public void MuchLargerBuffersAreUsedOnlyAtThePeak()
    {
        CountingSource source = new();
        using BufferPool pool = new(source);
        NativeBuffer large = pool.Rent(2000, Shape), other = pool.Rent(1000, Shape);
        pool.Return(large);
        pool.Return(other);
        NativeBuffer small = pool.Rent(1000, Shape), second = pool.Rent(900, Shape);
        Assert.Same(other, small);
        // A new buffer would force the large one to be freed.
        Assert.Same(large, second);
        Assert.Equal(2, source.Allocations);
        pool.Return(small);
        pool.Return(second);
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
            first = run == 0 ? source.Allocations : first;
        }

        Assert.Equal(first, source.Allocations);
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
                Assert.InRange(source.Held, bytes, bytes);
            }

            pool.FreeCachedBuffers();
            Assert.Equal((nuint)0, source.Held);
            NativeBuffer open = pool.Rent(10, Shape);
            pool.Dispose();
            pool.Return(open);
        }

        Assert.Equal((nuint)0, source.Held);
    }

    private sealed unsafe class CountingSource : NativeBufferSource
    {
        internal int Allocations { get; private set; }

        internal nuint Held { get; set; }

        internal override NativeBuffer Allocate(nuint bytes)
        {
            Allocations++;
            Held += bytes;
            return new Counted(this, base.Allocate(bytes));
        }

        private sealed class Counted(CountingSource source, NativeBuffer inner) : NativeBuffer(inner.Pointer, inner.Bytes)
        {
            internal override void Free()
            {
                source.Held -= Bytes;
                inner.Free();
            }
        }
    }
}
