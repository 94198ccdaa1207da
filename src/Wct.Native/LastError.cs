using System.Text.Unicode;

namespace Wct.Native;

/// <summary>The text of a thread's last failure, as C wants it.</summary>
internal static unsafe class LastError
{
    // What is longer is cut; file names can be long.
    private const int MostBytes = 1024;

    private static readonly byte[] Empty = GC.AllocateArray<byte>(1, pinned: true);

    // Its thread alone holds it: when that ends, so does the text.
    [ThreadStatic]
    private static byte[]? _text;

    /// <summary>UTF-8 with a zero byte at the end; empty where nothing has failed.</summary>
    internal static byte* Text => Pinned.Address(_text ?? Empty);

    /// <summary>Keeps a text for the calling thread.</summary>
    internal static void Set(string text)
    {
        _text ??= GC.AllocateArray<byte>(MostBytes, pinned: true);
        // Stops before a character that doesn't fit whole.
        Utf8.FromUtf16(text, _text.AsSpan(0, MostBytes - 1), out _, out int written);
        _text[written] = 0;
    }
}
