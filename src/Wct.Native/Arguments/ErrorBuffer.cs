using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Wct.Native.Arguments;

/// <summary>The fields 'error' and 'error_bytes' in wct.h: the caller's memory for the message of a call that fails.</summary>
/// <remarks>Unlike <see cref="LastError"/>, it can be read on any thread. An asynchronous caller doesn't know which thread made the
/// call.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct ErrorBuffer
{
    private readonly byte* _text;
    private readonly nuint _bytes;

    private bool IsUsable => _text is not null && _bytes > 0;

    /// <summary>Sets the message to an empty string.</summary>
    internal ErrorBuffer Cleared()
    {
        if (IsUsable)
            *_text = 0;
        return this;
    }

    /// <summary>Writes a message with a zero byte at its end. If it doesn't fit, it is cut between two characters.</summary>
    internal void Set(string text)
    {
        if (!IsUsable)
            return;
        Span<byte> room = new(_text, (int)nuint.Min(_bytes, int.MaxValue));
        Utf8.FromUtf16(text, room[..^1], out _, out int written);
        room[written] = 0;
    }

    /// <exception cref="ArgumentException">The address is NULL, but the size isn't 0.</exception>
    internal void Check()
    {
        if (_text is null && _bytes > 0)
            throw new ArgumentException($"'options->error' is NULL, 'options->error_bytes' is {_bytes}.");
    }
}
