using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Gpu;
using Wct.Net.Tests.Golden;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Transforms;

public class StyleStatisticsTests
{
    // While a device encodes, the processor is free; where it computes itself, roots begun early would only be in the way.
    [Theory]
    [InlineData("cpu", 2, false)]
    [InlineData("opencl", 2, true)]
    [InlineData("opencl", 1, false)]
    [InlineData("cuda", 2, true)]
    public void RootsBeginWhileADeviceComputes(string device, int threads, bool begins)
    {
        using Backend backend = Open(device, threads);
        Assert.Equal(begins, backend.HostIsFree);
        FeatureMoments moments = new([1.5, -2], [4, 0, 0, 9]);
        StyleStatistics[] levels = [StyleStatistics.Of(2, moments), StyleStatistics.Of(1, moments)];
        StyleStatistics.Begin(backend, levels);
        if (begins)
            Assert.True(SpinWait.SpinUntil(() => levels.All(level => level.IsReady), TimeSpan.FromMinutes(1)));
        else
            Assert.DoesNotContain(levels, level => level.IsReady);
        Assert.Equal([2, 0, 0, 3], levels[1].Coloring.Matrix.Select(value => Math.Round(value, 9)));
    }

    private static Backend Open(string device, int threads)
    {
        if (device == "cpu")
            return CpuBackend.Create(new CpuBackendOptions { Threads = threads });
        using var found = (GpuBackend)TestDevice.Open(device);
        return GpuBackend.Create(found.Device, threads);
    }
}
