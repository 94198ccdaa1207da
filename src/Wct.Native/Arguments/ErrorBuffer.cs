using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Wct.Native.Arguments;

/// <summary>The header's 'error' and 'error_bytes': the caller's memory for the message of a call that fails.</summary>
/// <remarks>Unlike <see cref="LastError"/>, it can be read on any thread: an asynchronous caller doesn't know which one made the
/// call.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct ErrorBuffer
{
    private readonly byte* _text;
    private readonly nuint _bytes;

    private bool IsUsable => _text is not null && _bytes > 0;

    /// <summary>Says that nothing is wrong so far.</summary>
    internal ErrorBuffer Cleared()
    {
        if (IsUsable)
            *_text = 0;
        return this;
    }

    /// <summary>Writes a message, cut to fit before a character that doesn't fit whole, with a zero byte at its end.</summary>
    internal void Set(string text)
    {
        if (!IsUsable)
            return;
        Span<byte> room = new(_text, (int)nuint.Min(_bytes, int.MaxValue));
        Utf8.FromUtf16(text, room[..^1], out _, out int written);
        room[written] = 0;
    }

    /// <exception cref="ArgumentException">There is said to be room, but no memory.</exception>
    internal void Check()
    {
        if (_text is null && _bytes > 0)
            throw new ArgumentException($"'options->error' is NULL, 'options->error_bytes' is {_bytes}.");
    }
}
