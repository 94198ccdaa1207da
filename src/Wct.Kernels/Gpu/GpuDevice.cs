namespace Wct.Kernels.Gpu;

/// <summary>A device that a driver names.</summary>
public sealed record GpuDevice
{
    /// <summary>How it is spoken to.</summary>
    public required GpuInterface Interface { get; init; }

    /// <summary>Its number among the interface's devices, from 0 on.</summary>
    public required int Index { get; init; }

    /// <summary>The vendor's name for it.</summary>
    public required string Name { get; init; }

    /// <summary>The driver and its version.</summary>
    public required string Driver { get; init; }

    /// <summary>Bytes of its memory.</summary>
    public required long Memory { get; init; }

    /// <summary>Whether it is the CPU in disguise: an OpenCL driver that computes on the processor.</summary>
    public required bool IsCpu { get; init; }

    /// <summary>Whether its memory is the processor's, as with GPUs on the same chip.</summary>
    public bool SharesMemory { get; init; }

    /// <summary>Whether it has tensor cores that we have kernels for: NVIDIA's, from compute capability 8.0 on.</summary>
    public bool TensorCores { get; init; }

    /// <summary>What the kernels need and the device has not; null where all is there.</summary>
    public string? MissingFeature { get; init; }

    /// <summary>What the driver knows it by.</summary>
    internal nint Handle { get; init; }

    /// <summary>"cuda:0".</summary>
    public string Id => $"{Interface switch { GpuInterface.Cuda => "cuda", GpuInterface.OpenCl => "opencl", _ => "ilgpu" }}:{Index}";

    /// <inheritdoc/>
    public override string ToString() => $"{Id}, {Name}";
}
