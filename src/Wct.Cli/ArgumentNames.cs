using System.Text.Unicode;

namespace Wct.Cli;

/// <summary>Finds arguments that are not valid UTF-8. The runtime replaces their invalid bytes, so they would name another file.</summary>
internal static class ArgumentNames
{
    /// <summary>The problem with the arguments or with the current folder.</summary>
    /// <returns>Null if all of them can be used.</returns>
    internal static string? Problem(string[] arguments)
    {
        if (LostName.Is(Environment.CurrentDirectory))
            return $"{Environment.CurrentDirectory}: the current folder: {LostName.Problem}";
        for (int i = 0; i < arguments.Length; i++)
        {
            if (LostName.Maybe(arguments[i]) && !IsValidUtf8(i - arguments.Length))
                return $"{arguments[i]}: {LostName.Problem}";
        }

        return null;
    }

    // Whether the original bytes of an argument, counted from the end, are valid UTF-8. Then the argument really contains the replacement
    // character.
    private static bool IsValidUtf8(int fromEnd)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        try
        {
            byte[][] words = [.. Words(File.ReadAllBytes("/proc/self/cmdline"))];
            return words.Length + fromEnd >= 0 && Utf8.IsValid(words[words.Length + fromEnd]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Splits the command line into arguments, each of which ends with a zero byte.
    private static IEnumerable<byte[]> Words(byte[] bytes)
    {
        for (int start = 0, end; start < bytes.Length; start = end + 1)
        {
            end = Array.IndexOf(bytes, (byte)0, start);
            if (end < 0)
                end = bytes.Length;
            yield return bytes[start..end];
        }
    }
}
