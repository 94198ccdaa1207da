using Microsoft.Win32.SafeHandles;
using Wct.Imaging;

namespace Wct.AspNetCore.Requests;

/// <summary>Reads a part of a file, at a position of its own. The file stays open.</summary>
/// <param name="file">The file.</param>
/// <param name="start">Where the part starts.</param>
/// <param name="length">The part's bytes.</param>
internal sealed class SpooledStream(SafeFileHandle file, long start, long length) : ReadOnlyStream
{
    private long _position;

    public override bool CanSeek => true;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        int most = (int)Math.Clamp(length - _position, 0, buffer.Length);
        int count = most == 0 ? 0 : RandomAccess.Read(file, buffer[..most], start + _position);
        _position += count;
        return count;
    }
}
