using Wct.Net;

namespace Wct.Native.Arguments;

/// <summary>The caller's callback for the pictures of levels. It can cancel the call.</summary>
internal sealed unsafe class LevelCall(delegate* unmanaged[Cdecl]<void*, int, int, Picture*, int> call, void* context)
{
    private byte[] _pixels = [];

    /// <summary>Null if there is no callback.</summary>
    internal Action<LevelPicture>? Receiver => call is null ? null : Receive;

    private void Receive(LevelPicture level)
    {
        IPixelReader reader = level.Picture;
        // All levels have the content's size.
        int length = checked(reader.Width * reader.Height * reader.Layout.BytesPerPixel());
        if (_pixels.Length != length)
            _pixels = new byte[length];
        reader.ReadRows(_pixels);
        fixed (byte* pixels = _pixels)
        {
            Picture picture = new(pixels, reader.Width, reader.Height);
            if (call(context, level.Level, level.Pass, &picture) != 0)
                throw new OperationCanceledException();
        }
    }
}
