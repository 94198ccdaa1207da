using System.Runtime.InteropServices;
using System.Text;

namespace Wct.Native.Arguments;

/// <summary>Reads and writes C strings: UTF-8 with a zero byte at the end.</summary>
internal static unsafe class NativeText
{
    /// <exception cref="ArgumentException">The string is NULL.</exception>
    internal static string Read(byte* text, string name) =>
        Marshal.PtrToStringUTF8((nint)text) ?? throw new ArgumentException($"'{name}' is NULL.");

    /// <summary>Reads a string; null for NULL.</summary>
    internal static string? ReadOptional(byte* text) => Marshal.PtrToStringUTF8((nint)text);

    /// <summary>Writes a string into a caller's buffer, cut to fit.</summary>
    /// <param name="value">The string.</param>
    /// <param name="text">The buffer; NULL if <paramref name="bytes"/> is 0.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="needed">Receives the size of the whole string, zero byte included; may be NULL. The caller has set it to 0.</param>
    /// <exception cref="ArgumentException">The buffer is NULL, and its size isn't 0.</exception>
    internal static void Write(string value, byte* text, nuint bytes, nuint* needed)
    {
        byte[] all = Encoding.UTF8.GetBytes(value + '\0');
        if (text is null && bytes > 0)
            throw new ArgumentException($"'{nameof(text)}' is NULL, {nameof(bytes)} {bytes}.");
        if (bytes > 0)
        {
            int count = (int)nuint.Min(bytes, (nuint)all.Length);
            all.AsSpan(0, count).CopyTo(new Span<byte>(text, count));
            text[count - 1] = 0;
        }

        if (needed is not null)
            *needed = (nuint)all.Length;
    }
}
