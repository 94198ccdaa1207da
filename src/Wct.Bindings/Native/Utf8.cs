using System.Runtime.InteropServices;
using System.Text;

namespace Wct.Bindings.Native;

/// <summary>Converts between strings and C strings in UTF-8.</summary>
internal static class Utf8
{
    /// <summary>A string's bytes with a zero byte at the end.</summary>
    /// <exception cref="ArgumentException">The string is null, or contains a zero character, which would be its end in C.</exception>
    internal static byte[] Bytes(string text, string name)
    {
        if (text is null)
            throw new ArgumentNullException(name);
        int zero = text.IndexOf('\0');
        if (zero >= 0)
            throw new ArgumentException($"'{name}' has a zero character at position {zero} of {text.Length}.", name);
        return Encoding.UTF8.GetBytes(text + '\0');
    }

    /// <summary>The string at an address.</summary>
    internal static string Text(IntPtr address)
    {
        int length = 0;
        while (Marshal.ReadByte(address, length) != 0)
            length++;
        byte[] bytes = new byte[length];
        Marshal.Copy(address, bytes, 0, length);
        return Encoding.UTF8.GetString(bytes);
    }
}
