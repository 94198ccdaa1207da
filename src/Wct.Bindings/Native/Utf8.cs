using System.Runtime.InteropServices;
using System.Text;

namespace Wct.Bindings.Native;

/// <summary>Texts as C has them.</summary>
internal static class Utf8
{
    /// <summary>A text's bytes with a zero at their end.</summary>
    /// <exception cref="ArgumentException">No text, or one with a zero inside, which C would take for its end.</exception>
    internal static byte[] Bytes(string text, string name)
    {
        if (text is null)
            throw new ArgumentNullException(name);
        int zero = text.IndexOf('\0');
        if (zero >= 0)
            throw new ArgumentException($"'{name}' has a zero character at position {zero} of {text.Length}.", name);
        return Encoding.UTF8.GetBytes(text + '\0');
    }

    /// <summary>The text at an address.</summary>
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
