using System.Collections.Immutable;

namespace Wct.Kernels.Gpu.Launch;

/// <summary>A kernel that Wct.Kernels.Ilgpu compiled. The generated file Kernels.g.cs creates all of them.</summary>
/// <param name="name">The kernel's name. The module's resources are named after it.</param>
/// <param name="entryPoint">The function's name inside the module.</param>
/// <param name="threadBlockSize">Threads of a thread block. The kernel runs with exactly this many.</param>
/// <param name="sharedBytes">Bytes of shared memory that a thread block takes.</param>
/// <param name="usesTensorCores">Whether it runs only on NVIDIA's tensor cores. If so, it has no OpenCL C.</param>
/// <param name="parameters">The kernel's parameters, in order.</param>
internal sealed class KernelModule(
    string name, string entryPoint, int threadBlockSize, int sharedBytes, bool usesTensorCores, ImmutableArray<KernelParameter> parameters)
{
    /// <summary>The kernel's name. The module's resources are named after it.</summary>
    internal string Name => name;

    /// <summary>The function's name inside the module.</summary>
    internal string EntryPoint => entryPoint;

    internal int ThreadBlockSize => threadBlockSize;

    internal int SharedBytes => sharedBytes;

    internal bool UsesTensorCores => usesTensorCores;

    internal ImmutableArray<KernelParameter> Parameters => parameters;

    /// <summary>The module's PTX or OpenCL C, which ends with a zero byte.</summary>
    internal byte[] Text(GpuInterface to)
    {
        string resource = $"{name}.{(to == GpuInterface.Cuda ? "ptx" : "cl")}";
        using Stream stream = typeof(KernelModule).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly has no module {resource}.");
        byte[] text = new byte[stream.Length + 1];
        stream.ReadExactly(text.AsSpan(0, text.Length - 1));
        return text;
    }

    /// <summary>The kernel's name.</summary>
    public override string ToString() => name;
}

/// <summary>A kernel's parameter.</summary>
/// <param name="Name">Its name in the kernel's source.</param>
/// <param name="ElementBytes">Bytes of an element of a buffer, or 0 for an int.</param>
internal readonly record struct KernelParameter(string Name, int ElementBytes);
