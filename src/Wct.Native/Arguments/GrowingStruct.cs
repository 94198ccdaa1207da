using System.Runtime.CompilerServices;

namespace Wct.Native.Arguments;

/// <summary>Structs whose first field is their size, so that later versions can add fields at the end.</summary>
internal static unsafe class GrowingStruct
{
    // No struct of ours will ever be larger; a size beyond this is memory that wasn't initialized.
    private const uint Most = 4096;

    /// <summary>Reads a struct. A caller that was made for a later version must ask for nothing that this one doesn't know.</summary>
    /// <param name="given">The caller's struct.</param>
    /// <param name="earlier">The sizes that earlier versions had; fields that their callers don't know are zero.</param>
    /// <param name="name">The argument's name, for messages.</param>
    /// <exception cref="ArgumentException">The size is none that any version has, or bytes that this version doesn't know are not
    /// zero.</exception>
    internal static T Read<T>(T* given, ReadOnlySpan<uint> earlier, string name)
        where T : unmanaged
    {
        uint size = Unsafe.ReadUnaligned<uint>(given), known = (uint)sizeof(T);
        if (!TryRead(given, earlier, out T value))
            throw new ArgumentException($"'{name}->size' is {size}, this version's is {known}.");
        for (uint at = known; at < size; at++)
        {
            if (((byte*)given)[at] != 0)
                throw new ArgumentException($"Byte {at} of '{name}' asks for something that this version of {known} bytes doesn't know.");
        }

        return value;
    }

    /// <summary>Reads what this version knows of a struct.</summary>
    /// <returns>False for NULL, and where the size is none that any version has.</returns>
    internal static bool TryRead<T>(T* given, ReadOnlySpan<uint> earlier, out T value)
        where T : unmanaged
    {
        value = default;
        if (given is null)
            return false;
        uint size = Unsafe.ReadUnaligned<uint>(given), known = (uint)sizeof(T);
        if (!earlier.Contains(size) && (size < known || size > Most))
            return false;
        fixed (T* place = &value)
            Unsafe.CopyBlockUnaligned(place, given, uint.Min(size, known));
        return true;
    }
}
