using System.Runtime.CompilerServices;

namespace Wct.Native.Arguments;

/// <summary>Reads structs whose first field is their size, so that later versions can add fields at the end.</summary>
internal static unsafe class VersionedStruct
{
    // No struct of this library will be larger. A larger size comes from uninitialized memory.
    private const uint MaxSize = 4096;

    /// <summary>Reads a struct. A caller that was built for a later version must not use fields that this version doesn't know.</summary>
    /// <param name="given">The caller's struct.</param>
    /// <param name="earlier">Sizes of earlier versions. Fields that their callers don't know are read as zero.</param>
    /// <param name="name">The argument's name, for messages.</param>
    /// <param name="access">How its fields are written, for messages.</param>
    /// <exception cref="ArgumentException">No version has this size, or bytes that this version doesn't know are not zero.</exception>
    internal static T Read<T>(T* given, ReadOnlySpan<uint> earlier, string name, string access = "->")
        where T : unmanaged
    {
        uint size = Unsafe.ReadUnaligned<uint>(given), known = (uint)sizeof(T);
        if (!TryRead(given, earlier, out T value))
            throw new ArgumentException($"'{name}{access}size' is {size}, this version's is {known}.");
        for (uint at = known; at < size; at++)
        {
            if (((byte*)given)[at] != 0)
                throw new ArgumentException($"Byte {at} of '{name}' asks for something that this version of {known} bytes doesn't know.");
        }

        return value;
    }

    /// <summary>Reads the fields of a struct that this version knows.</summary>
    /// <returns>False for NULL, or if no version has this size.</returns>
    internal static bool TryRead<T>(T* given, ReadOnlySpan<uint> earlier, out T value)
        where T : unmanaged
    {
        value = default;
        if (given is null)
            return false;
        uint size = Unsafe.ReadUnaligned<uint>(given), known = (uint)sizeof(T);
        if (!earlier.Contains(size) && (size < known || size > MaxSize))
            return false;
        fixed (T* place = &value)
            Unsafe.CopyBlockUnaligned(place, given, uint.Min(size, known));
        return true;
    }
}
