using System.Globalization;

namespace Wct;

/// <summary>A memory limit and the memory in use, in bytes.</summary>
internal readonly record struct MemoryLimit(long Bytes, long Used);

/// <summary>A process's memory and its limits as Linux reports them, in bytes.</summary>
/// <param name="Resident">Memory that the process uses, without the pages of files.</param>
/// <param name="Free">Available memory of the machine; null if Linux doesn't report it.</param>
/// <param name="FreeSwap">Free swap space.</param>
/// <param name="Groups">Limits of the control groups around the process, and the memory that other processes of the group use.</param>
/// <param name="Addresses">Limits of the address space (ulimit -v, -d), and the part of it that the process uses.</param>
internal sealed record ProcessMemory(
    long Resident,
    long? Free,
    long FreeSwap,
    List<MemoryLimit> Groups,
    List<MemoryLimit> Addresses)
{
    private static readonly (string Limit, string Used)[] AddressLimits = [("Max address space", "VmSize:"), ("Max data size", "VmData:")];

    /// <summary>Reads the values. Returns null on systems other than Linux.</summary>
    /// <param name="root">The folder that contains proc and sys.</param>
    internal static ProcessMemory? Read(string root)
    {
        string[] status = Lines(Path.Combine(root, "proc/self/status"));
        if (status.Length == 0)
            return null;
        string[] machine = Lines(Path.Combine(root, "proc/meminfo")), limits = Lines(Path.Combine(root, "proc/self/limits"));
        long own = Kilobytes(status, "RssAnon:") ?? Kilobytes(status, "VmRSS:") ?? 0;
        List<MemoryLimit> addresses = [];
        foreach ((string limit, string used) in AddressLimits)
        {
            if (Value(limits, limit) is { } bytes)
                addresses.Add(new MemoryLimit(bytes, Kilobytes(status, used) ?? 0));
        }

        List<MemoryLimit> groups = [];
        foreach (ControlGroup group in ControlGroup.Around(root))
            groups.Add(new MemoryLimit(group.Limit, Math.Max(0, group.Held - own)));

        return new ProcessMemory(own, Kilobytes(machine, "MemAvailable:"), Kilobytes(machine, "SwapFree:") ?? 0, groups, addresses);
    }

    /// <summary>Returns a file's lines, or none if it can't be read.</summary>
    internal static string[] Lines(string path)
    {
        // Many of these files are missing on most machines, and the first exception of a process takes milliseconds.
        if (!File.Exists(path))
            return [];
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Returns the number at the start of a text; null if there is none, as in "max" and "unlimited".</summary>
    internal static long? Number(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().TrimStart();
        int end = trimmed.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = end < 0 ? trimmed : trimmed[..end];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;
    }

    /// <summary>Returns the number after a name at the start of a line; null if there is none.</summary>
    internal static long? Value(string[] lines, string name)
    {
        foreach (string line in lines)
        {
            if (line.StartsWith(name, StringComparison.Ordinal))
                return Number(line[name.Length..]);
        }

        return null;
    }

    private static long? Kilobytes(string[] lines, string name) => Value(lines, name) * 1024;
}
