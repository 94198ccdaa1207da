using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wct.Native;

/// <summary>Arrays that the collector never moves, so that C may hold their address.</summary>
internal static unsafe class Pinned
{
    /// <summary>Where an array begins that was allocated pinned.</summary>
    internal static byte* Address(byte[] pinned) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
