using System.Text.Unicode;

namespace Wct.Cli;

/// <summary>Finds arguments that are no valid UTF-8. The framework hands them over with other letters: they would name another
/// file.</summary>
internal static class ArgumentNames
{
    /// <summary>What is wrong with the arguments, or with the folder that they are about.</summary>
    /// <returns>Null where all can be used.</returns>
    internal static string? Problem(string[] arguments)
    {
        if (LostName.Is(Environment.CurrentDirectory))
            return $"{Environment.CurrentDirectory}: the current folder: {LostName.Problem}";
        for (int i = 0; i < arguments.Length; i++)
        {
            if (LostName.Maybe(arguments[i]) && !IsReally(i - arguments.Length))
                return $"{arguments[i]}: {LostName.Problem}";
        }

        return null;
    }

    // Whether an argument, counted from the end, has the sign that stands for others in the bytes that the process was given.
    private static bool IsReally(int fromEnd)
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

    // Each ends with a zero.
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
