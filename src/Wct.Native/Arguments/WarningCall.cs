using System.Text;

namespace Wct.Native.Arguments;

/// <summary>The caller's warning callback.</summary>
internal sealed unsafe class WarningCall(delegate* unmanaged[Cdecl]<void*, byte*, void> call, void* context)
{
    /// <summary>Calls the callback with one line, on the calling thread.</summary>
    internal void Invoke(string text)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(text + '\0'))
            call(context, bytes);
    }
}
