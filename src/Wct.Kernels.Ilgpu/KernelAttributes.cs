namespace Wct.Kernels.Ilgpu;

/// <summary>Marks a method as a kernel to compile.</summary>
/// <param name="size">Threads of a thread block. A kernel runs with exactly this many.</param>
/// <param name="perItem">Whether each thread computes one item. The kernel's launcher then takes a number of items, not a grid.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ThreadBlockAttribute(int size, bool perItem = false) : Attribute
{
    internal int Size { get; } = size;

    internal bool PerItem { get; } = perItem;
}

/// <summary>Marks a kernel that uses NVIDIA's tensor cores (compute capability 8.0 and later). It is compiled to PTX only.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TensorCoresAttribute : Attribute;

/// <summary>Marks a constant that the host needs too, such as the side of a tile. The emitter copies it to Kernels.g.cs.</summary>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class HostConstantAttribute : Attribute;
