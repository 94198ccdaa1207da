namespace Wct.Kernels.Gpu;

/// <summary>The interface through which a device is used.</summary>
public enum GpuInterface
{
    /// <summary>NVIDIA's CUDA driver.</summary>
    Cuda,

    /// <summary>OpenCL 1.2, with any vendor's driver.</summary>
    OpenCl,

    /// <summary>An ILGPU accelerator of the application, through the package Wct.Ilgpu.</summary>
    Ilgpu,
}
