using System.Text.Unicode;

namespace Wct.Native;

/// <summary>The message of a thread's last failure, as a C string.</summary>
internal static unsafe class LastError
{
    // Longer messages are cut. File names can be long.
    private const int MaxBytes = 1024;

    private static readonly byte[] Empty = GC.AllocateArray<byte>(1, pinned: true);

    // Only its thread refers to it, so it is freed after the thread has ended.
    [ThreadStatic]
    private static byte[]? _text;

    /// <summary>UTF-8 with a zero byte at the end; empty if nothing has failed.</summary>
    internal static byte* Text => Pinned.Address(_text ?? Empty);

    /// <summary>Stores a message for the calling thread.</summary>
    internal static void Set(string text)
    {
        _text ??= GC.AllocateArray<byte>(MaxBytes, pinned: true);
        // This never writes a part of a character.
        Utf8.FromUtf16(text, _text.AsSpan(0, MaxBytes - 1), out _, out int written);
        _text[written] = 0;
    }
}
