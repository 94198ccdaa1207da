using System.Runtime.CompilerServices;

namespace Wct.Kernels.Ilgpu;

/// <summary>Marks a method as a kernel to be emitted.</summary>
/// <param name="size">Threads of a group: the kernel divides its work for exactly that many.</param>
/// <param name="file">Where the kernel stands; the compiler fills it in.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class GroupAttribute(int size, [CallerFilePath] string file = "") : Attribute
{
    internal int Size { get; } = size;

    internal string File { get; } = file;
}
