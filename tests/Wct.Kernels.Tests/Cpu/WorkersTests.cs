using Wct.Kernels.Cpu;

namespace Wct.Kernels.Tests.Cpu;

public class WorkersTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void EveryTaskRunsOnce(int threads)
    {
        using Workers workers = new(threads);
        for (int round = 0; round < 200; round++)
        {
            int[] counts = new int[round];
            workers.Run(counts.Length, task => Interlocked.Increment(ref counts[task]));
            Assert.All(counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void AnExceptionReachesTheCallerAndTheThreadsStayUsable()
    {
        using Workers workers = new(3);
        for (int round = 0; round < 50; round++)
        {
            Assert.Throws<InvalidTimeZoneException>(() => workers.Run(20, task =>
            {
                if (task == round % 20)
                    throw new InvalidTimeZoneException();
            }));
            int done = 0;
            workers.Run(20, _ => Interlocked.Increment(ref done));
            Assert.Equal(20, done);
        }
    }

    [Fact]
    public void NestedAndConcurrentSectionsComplete()
    {
        using Workers workers = new(3);
        int done = 0;
        Parallel.For(0, 8, _ => workers.Run(10, _ => workers.Run(10, _ => Interlocked.Increment(ref done))));
        Assert.Equal(800, done);
    }
}
