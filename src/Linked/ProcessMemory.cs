using System.Globalization;

namespace Wct.Linked;

/// <summary>What Linux says of a process's memory and its limits, in bytes.</summary>
/// <param name="Resident">Memory of its own that the process holds (not of files).</param>
/// <param name="Free">What the machine could give at once; null where it doesn't say.</param>
/// <param name="FreeSwap">What it could give after swapping.</param>
/// <param name="Groups">Control groups around the process with a limit: that limit, and what others in the group hold.</param>
/// <param name="Addresses">Limits of addresses (ulimit -v, -d), and what counts against each.</param>
internal sealed record ProcessMemory(
    long Resident,
    long? Free,
    long FreeSwap,
    IReadOnlyList<(long Limit, long Others)> Groups,
    IReadOnlyList<(long Limit, long Used)> Addresses)
{
    private static readonly (string Limit, string Used)[] AddressLimits = [("Max address space", "VmSize:"), ("Max data size", "VmData:")];

    /// <summary>Asks the system; null where it isn't Linux.</summary>
    /// <param name="root">The folder that holds proc and sys.</param>
    internal static ProcessMemory? Read(string root)
    {
        string[] status = Lines(Path.Combine(root, "proc/self/status"));
        if (status.Length == 0)
            return null;
        string[] machine = Lines(Path.Combine(root, "proc/meminfo")), limits = Lines(Path.Combine(root, "proc/self/limits"));
        long own = Kilobytes(status, "RssAnon:") ?? Kilobytes(status, "VmRSS:") ?? 0;
        List<(long, long)> addresses = [];
        foreach ((string limit, string used) in AddressLimits)
        {
            if (Value(limits, limit) is { } bytes)
                addresses.Add((bytes, Kilobytes(status, used) ?? 0));
        }

        List<(long, long)> groups = [];
        foreach (ControlGroup group in ControlGroup.Around(root))
            groups.Add((group.Limit, Math.Max(0, group.Held - own)));

        return new ProcessMemory(own, Kilobytes(machine, "MemAvailable:"), Kilobytes(machine, "SwapFree:") ?? 0, groups, addresses);
    }

    /// <summary>A file's lines; none where it can't be read.</summary>
    internal static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The number that a text begins with; null where it begins with none, like "max" and "unlimited".</summary>
    internal static long? Number(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().TrimStart();
        int end = trimmed.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = end < 0 ? trimmed : trimmed[..end];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;
    }

    /// <summary>The number behind a name that begins a line; null where there is none.</summary>
    internal static long? Value(string[] lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line ? Number(line[name.Length..]) : null;

    private static long? Kilobytes(string[] lines, string name) => Value(lines, name) * 1024;
}
