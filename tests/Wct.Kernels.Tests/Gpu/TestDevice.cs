using Wct.Kernels.Gpu;
using Wct.PtxInterpreter;

namespace Wct.Kernels.Tests.Gpu;

/// <summary>The device that tests run on: the first of its kind, or none, and then they are skipped; what interprets PTX is always
/// there.</summary>
internal static class TestDevice
{
    private static readonly Lazy<GpuDevices> Devices = new(() => GpuDevices.Find());

    /// <param name="precision">Other than single asks for tensor cores too.</param>
    internal static GpuBackend Open(string kind, ConvolutionPrecision precision = ConvolutionPrecision.Single)
    {
        bool tensorCores = precision != ConvolutionPrecision.Single;
        if (kind == "ptx")
            return Interpreted(tensorCores, precision);
        (IReadOnlyList<GpuDevice> devices, string? none) = kind == "cuda"
            ? (Devices.Value.Cuda, Devices.Value.NoCuda) : (Devices.Value.OpenCl, Devices.Value.NoOpenCl);
        GpuDevice? device = devices.FirstOrDefault(device => device.MissingFeature is null);
        Assert.SkipWhen(device is null, none ?? $"{devices[0]} lacks {devices[0].MissingFeature}");
        Assert.SkipWhen(tensorCores && !device!.TensorCores, $"{device} has no tensor cores");
        return GpuBackend.Create(device!, threads: 2, precision);
    }

    /// <summary>What interprets PTX, as a device with tensor cores or without.</summary>
    internal static GpuBackend Interpreted(bool tensorCores, ConvolutionPrecision precision) =>
        new(InterpretedQueue.Device with { TensorCores = tensorCores }, new InterpretedQueue(), threads: 2, precision);
}
