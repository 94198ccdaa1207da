using Wct.Kernels.Gpu.Memory;
using Wct.PtxInterpreter;

namespace Wct.Kernels.Tests.Gpu.Memory;

public class GpuMemoryTests
{
    // Buffers of equal and different sizes are returned in any order. The next time, each is given out at the same place again.
    [Fact]
    public void AChainGetsTheSameBuffersAgain()
    {
        using InterpretedQueue queue = new();
        using GpuMemory memory = new(queue, budget: long.MaxValue);
        Random random = new(1);
        // One buffer is always in use. The first time, the others are new.
        memory.Rent(5000, "a test");
        Chain(random);
        GpuBuffer[] expected = Chain(random);
        for (int i = 0; i < 10; i++)
            Assert.Equal(expected, Chain(random));

        GpuBuffer[] Chain(Random random)
        {
            int[] sizes = [5000, 5000, 9000, 40000, 5000, 38000, 9000, 5000];
            List<GpuBuffer> taken = [], used = [];
            foreach (int size in sizes)
            {
                GpuBuffer buffer = memory.Rent(size, "a test");
                taken.Add(buffer);
                used.Add(buffer);
                // The oldest is returned, like a layer's input.
                if (used.Count > 3)
                {
                    memory.Return(used[0]);
                    used.RemoveAt(0);
                }
            }

            foreach (GpuBuffer buffer in used.OrderBy(_ => random.Next()).ToArray())
                memory.Return(buffer);
            return [.. taken];
        }
    }
}
