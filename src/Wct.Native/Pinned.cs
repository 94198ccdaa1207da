using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wct.Native;

/// <summary>Addresses of arrays that the garbage collector never moves, so that C code can hold them.</summary>
internal static unsafe class Pinned
{
    /// <summary>Address of an array that was allocated as pinned.</summary>
    internal static byte* Address(byte[] pinned) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
