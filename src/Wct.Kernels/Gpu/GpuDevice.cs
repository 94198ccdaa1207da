namespace Wct.Kernels.Gpu;

/// <summary>A device that can run the GPU kernels.</summary>
public sealed record GpuDevice
{
    /// <summary>The driver's interface.</summary>
    public required GpuInterface Interface { get; init; }

    /// <summary>The device's number among those of its interface, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The vendor's name for the device.</summary>
    public required string Name { get; init; }

    /// <summary>The driver and its version, for display.</summary>
    public required string Driver { get; init; }

    /// <summary>Total memory in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>Whether it is the CPU: an OpenCL driver such as PoCL that computes on the processor.</summary>
    public required bool IsCpu { get; init; }

    /// <summary>Whether it shares the memory of the processor, as integrated GPUs do.</summary>
    public bool SharesMemory { get; init; }

    /// <summary>Whether it has tensor cores that the kernels support: NVIDIA's, with compute capability 8.0 or later.</summary>
    public bool TensorCores { get; init; }

    /// <summary>A feature that the kernels need and the device lacks; null if it lacks none.</summary>
    public string? MissingFeature { get; init; }

    /// <summary>The driver's handle of the device.</summary>
    internal nint Handle { get; init; }

    /// <summary>The interface and the index, such as "cuda:0".</summary>
    public string Id => $"{Interface switch { GpuInterface.Cuda => "cuda", GpuInterface.OpenCl => "opencl", _ => "ilgpu" }}:{Index}";

    /// <inheritdoc/>
    public override string ToString() => $"{Id}, {Name}";
}
