using System.Runtime.InteropServices;

namespace Wct.Bindings.Native;

/// <summary>Pins an array while the library uses it.</summary>
internal readonly struct Pin : IDisposable
{
    private readonly GCHandle _handle;

    /// <summary>Pins an array. The address of null is zero.</summary>
    internal Pin(byte[]? array) => _handle = array is null ? default : GCHandle.Alloc(array, GCHandleType.Pinned);

    /// <summary>The first byte's address.</summary>
    internal IntPtr Address => _handle.IsAllocated ? _handle.AddrOfPinnedObject() : IntPtr.Zero;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_handle.IsAllocated)
            _handle.Free();
    }
}
