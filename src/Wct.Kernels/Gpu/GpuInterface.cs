namespace Wct.Kernels.Gpu;

/// <summary>How a device is spoken to.</summary>
public enum GpuInterface
{
    /// <summary>NVIDIA's driver.</summary>
    Cuda,

    /// <summary>Any vendor's driver for OpenCL.</summary>
    OpenCl,

    /// <summary>An ILGPU accelerator that the application brings: the package Wct.Ilgpu.</summary>
    Ilgpu,
}
