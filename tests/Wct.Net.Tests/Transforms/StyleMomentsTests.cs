using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Gpu;
using Wct.Net.Tests.Golden;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Transforms;

public class StyleMomentsTests
{
    // While a device encodes, the host is free to compute roots early. If the host encodes, early roots would only compete with it.
    [Theory]
    [InlineData("cpu", 2, false)]
    [InlineData("opencl", 2, true)]
    [InlineData("opencl", 1, false)]
    [InlineData("cuda", 2, true)]
    public void RootsBeginWhileADeviceComputes(string device, int threads, bool begins)
    {
        using Backend backend = Open(device, threads);
        Assert.Equal(begins, backend.HasIdleHostThreads);
        FeatureMoments moments = new([1.5, -2], [4, 0, 0, 9]);
        StyleMoments[] levels = [StyleMoments.Of(2, moments), StyleMoments.Of(1, moments)];
        StyleMoments.Begin(backend, levels.Select(level => (FeatureTransform.WhiteningColoring, level)));
        if (begins)
            Assert.True(SpinWait.SpinUntil(() => levels.All(level => level.HasRoot), TimeSpan.FromMinutes(1)));
        else
            Assert.DoesNotContain(levels, level => level.HasRoot);
        Assert.Equal([2, 0, 0, 3], levels[1].Root.Matrix.ToArray().Select(value => Math.Round(value, 9)));
    }

    private static Backend Open(string device, int threads)
    {
        if (device == "cpu")
            return CpuBackend.Create(new CpuBackendOptions { Threads = threads });
        using var found = (GpuBackend)TestDevice.Open(device);
        return GpuBackend.Create(found.Device, threads);
    }
}
