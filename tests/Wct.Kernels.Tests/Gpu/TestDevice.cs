using Wct.Kernels.Gpu;
using Wct.PtxInterpreter;

namespace Wct.Kernels.Tests.Gpu;

/// <summary>Opens the first device of a kind. Without one, the test is skipped; the PTX interpreter always exists.</summary>
internal static class TestDevice
{
    /// <param name="precision">If it isn't single, the device must have tensor cores.</param>
    internal static GpuBackend Open(string kind, ConvolutionPrecision precision = ConvolutionPrecision.Single)
    {
        bool tensorCores = precision != ConvolutionPrecision.Single;
        if (kind == "ptx")
            return Interpreted(tensorCores, precision);
        GpuDevice device = FirstGpu.Need(kind);
        Assert.SkipWhen(tensorCores && !device.TensorCores, $"{device} has no tensor cores");
        return GpuBackend.Create(device, threads: 2, precision);
    }

    /// <summary>The PTX interpreter, with tensor cores or without.</summary>
    internal static GpuBackend Interpreted(bool tensorCores, ConvolutionPrecision precision) =>
        new(InterpretedQueue.Device with { TensorCores = tensorCores }, new InterpretedQueue(), threads: 2, precision);
}
