namespace Wct.Kernels.Ilgpu;

/// <summary>Marks a method as a kernel to be emitted.</summary>
/// <param name="size">Threads of a group: the kernel divides its work for exactly that many.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GroupAttribute(int size) : Attribute
{
    internal int Size { get; } = size;
}
