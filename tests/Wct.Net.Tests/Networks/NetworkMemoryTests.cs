using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Kernels.Tests.Contract;
using Wct.Net.Models;
using Wct.Net.Pipeline;

namespace Wct.Net.Tests.Networks;

/// <summary>Compares the memory that a network is expected to need with what it allocates.</summary>
public sealed class NetworkMemoryTests
{
    [Theory]
    [InlineData("style")]
    [InlineData("upscale")]
    [InlineData("texture")]
    public void AllocationsStayWithinThePredictedSize(string kind)
    {
        StyleNetworkModel model = kind switch
        {
            "style" => SmallStyleNetworks.Style(),
            "upscale" => SmallStyleNetworks.Upscale(),
            _ => SmallStyleNetworks.Texture(),
        };
        CountingSource source = new();
        using CpuBackend backend = CpuBackend.Create(new CpuBackendOptions { Threads = 2, BufferSource = source });
        using Network network = new(backend, model.Table, model.Weights, 3, [model.Last]);
        TensorShape shape = new(3, 160, 200);
        long planned = network.PeakBytes(shape, model.Last);
        using (Tensor input = backend.Tensor(shape, Samples.Numbers(shape.Length, 1)))
            network.Run(input, [model.Last], clamp: false, first: null, done: null, default)[0].Dispose();
        // The pool keeps the peak of the maps; packed weights stay.
        Assert.InRange(source.Held, planned / 2, planned);
    }
}
