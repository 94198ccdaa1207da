using System.Text;

namespace Wct.Native.Arguments;

/// <summary>A callback of the caller's that receives warnings.</summary>
internal sealed unsafe class WarningCall(delegate* unmanaged[Cdecl]<void*, byte*, void> call, void* context)
{
    /// <summary>Passes a line on, on the calling thread.</summary>
    internal void Invoke(string text)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(text + '\0'))
            call(context, bytes);
    }
}
