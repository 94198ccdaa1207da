namespace Wct;

/// <summary>A control group (cgroup) of the process. Containers are limited by control groups.</summary>
/// <remarks>Every run of the tool reads the control groups before its first picture. So this code uses only methods that are compiled ahead
/// of time (no LINQ over numbers), and throws no exceptions in normal operation.</remarks>
/// <param name="Limit">Bytes that its processes may use together. Groups without a limit are left out.</param>
/// <param name="Held">Bytes that its processes use and that can't be written back to a file.</param>
internal readonly record struct ControlGroup(long Limit, long Held)
{
    // Version 1 writes a number just below 2^63 for "no limit".
    private const long NoLimit = long.MaxValue / 2;

    /// <summary>Names of the files and fields of a version of control groups.</summary>
    private sealed record Version(string FileSystem, string Controller, string[] Limits, string[] Held);

    private static readonly Version[] Versions =
    [
        new("cgroup2", "", ["memory.max", "memory.high"], ["anon ", "shmem "]),
        new("cgroup", "memory", ["memory.limit_in_bytes"], ["total_rss ", "total_shmem "]),
    ];

    /// <summary>Returns the visible limits of the process's group and of the groups that contain it.</summary>
    /// <param name="root">The folder that contains proc and sys.</param>
    internal static List<ControlGroup> Around(string root)
    {
        List<ControlGroup> groups = [];
        string[] own = ProcessMemory.Lines(Path.Combine(root, "proc/self/cgroup"));
        string[] mounts = ProcessMemory.Lines(Path.Combine(root, "proc/self/mountinfo"));
        foreach (Version version in Versions)
        {
            if (PathOf(own, version) is { } path && Mount(mounts, version) is { } mount)
                Collect(root, mount, path, version, groups);
        }

        return groups;
    }

    // A line is number:controllers:path; version 2 has no controllers.
    private static string? PathOf(string[] lines, Version version)
    {
        foreach (string line in lines)
        {
            string[] parts = line.Split(':', 3);
            if (parts.Length == 3 && Array.IndexOf(parts[1].Split(','), version.Controller) >= 0)
                return parts[2];
        }

        return null;
    }

    // id parent device root mount-point options ... - type source options (proc_pid_mountinfo(5)).
    private static (string Root, string Point)? Mount(string[] lines, Version version)
    {
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ');
            int dash = Array.IndexOf(fields, "-");
            if (dash >= 5 && fields.Length > dash + 3 && fields[dash + 1] == version.FileSystem
                && (version.Controller.Length == 0 || Array.IndexOf(fields[dash + 3].Split(','), version.Controller) >= 0))
                return (fields[3], fields[4].Replace("\\040", " ", StringComparison.Ordinal));
        }

        return null;
    }

    private static void Collect(string root, (string Root, string Point) mount, string path, Version version, List<ControlGroup> groups)
    {
        // In a container, the group is the root of the mount, and its path outside may not be visible.
        bool isInside = path.StartsWith(mount.Root + "/", StringComparison.Ordinal);
        string below = mount.Root == "/" ? path : isInside ? path[mount.Root.Length..] : "";
        string[] names = below.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (Array.IndexOf(names, "..") >= 0)
            names = [];
        for (int depth = names.Length; depth >= 0; depth--)
        {
            string folder = Path.Combine([root, mount.Point.TrimStart('/'), .. names[..depth]]);
            long limit = LimitIn(folder, version);
            if (limit < NoLimit)
                groups.Add(new ControlGroup(limit, HeldIn(folder, version)));
        }
    }

    // Returns the lowest of a group's limits.
    private static long LimitIn(string folder, Version version)
    {
        long limit = NoLimit;
        foreach (string name in version.Limits)
        {
            if (ProcessMemory.Lines(Path.Combine(folder, name)) is [{ } first, ..] && ProcessMemory.Number(first) is { } bytes)
                limit = Math.Min(limit, bytes);
        }

        return limit;
    }

    private static long HeldIn(string folder, Version version)
    {
        string[] lines = ProcessMemory.Lines(Path.Combine(folder, "memory.stat"));
        long held = 0;
        foreach (string name in version.Held)
            held += ProcessMemory.Value(lines, name) ?? 0;
        return held;
    }
}
