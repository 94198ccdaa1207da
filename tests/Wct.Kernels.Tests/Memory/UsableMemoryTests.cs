namespace Wct.Kernels.Tests.Memory;

/// <summary>The memory that a process can use, read from simulated /proc and cgroup files.</summary>
public class UsableMemoryTests
{
    private const long Mega = 1 << 20, Ample = 1L << 40;

    // A line of mountinfo: how cgroup version 1 is mounted.
    private const string Version1 = "34 30 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory", Mounts = "proc/self/mountinfo";

    [Fact]
    public void ThisProcessCanUseSomeMemory()
    {
        UsableMemory usable = UsableMemory.Now;
        Assert.InRange(usable.Safe, 1, usable.Most);
    }

    [Fact]
    public void OtherSystemsAreAskedThroughTheRuntime()
    {
        Assert.Null(ProcessMemory.Read(Path.Combine(Path.GetTempPath(), "no such root")));
        Assert.Equal(new UsableMemory(300, long.MaxValue), UsableMemory.Of(null, 400));
    }

    [Fact]
    public void NineTenthsOfFreeMemoryAreSafe()
    {
        using TemporaryFolder root = new();
        System(root, free: 700, swap: 200);
        UsableMemory usable = Of(root);
        Assert.Equal((700 + 100) * Mega / 10 * 9, usable.Safe);
        Assert.Equal((700 + 100 + 200) * Mega, usable.Most);
    }

    [Fact]
    public void AHeapLimitIsKept()
    {
        using TemporaryFolder root = new();
        System(root, free: 9000);
        Assert.Equal(200 * Mega, UsableMemory.Of(ProcessMemory.Read(root.Path), 200 * Mega).Safe);
    }

    // Cgroup version 2: seen from inside a container, where its own group is the root; from outside; and a group within a smaller group.
    [Theory]
    [InlineData("0::/", "/", "", 512, null, 512)]
    [InlineData("0::/docker/abc", "/docker/abc", "", 512, null, 512)]
    [InlineData("0::/docker/abc", "/", "docker/abc", 512, null, 512)]
    [InlineData("0::/a.slice/b.scope", "/", "a.slice/b.scope", 512, "a.slice", 300)]
    [InlineData("0::/a.slice/b.scope", "/", "a.slice/b.scope", 512, "a.slice", 800)]
    [InlineData("0::/../../elsewhere", "/", "", 512, null, 512)]
    public void ContainersLimitVersion2(string own, string mountRoot, string folder, int limit, string? parent, int parentLimit)
    {
        using TemporaryFolder root = new();
        System(root, free: 9000);
        Write(root, "proc/self/cgroup", own);
        Write(root, Mounts,
            $"22 1 8:1 / / rw - ext4 /dev/sda rw\n34 30 0:31 {mountRoot} /sys/fs/cgroup rw,relatime shared:9 - cgroup2 cgroup2 rw");
        Write(root, $"sys/fs/cgroup/{folder}/memory.max", $"{limit * Mega}");
        Write(root, $"sys/fs/cgroup/{folder}/memory.stat", $"anon {150 * Mega}\nfile {999 * Mega}\nshmem {10 * Mega}");
        if (parent is not null)
            Write(root, $"sys/fs/cgroup/{parent}/memory.max", $"{parentLimit * Mega}");
        // Of the 160 MB that the group uses, 100 MB are the process's own.
        long most = Math.Min((limit - 60) * Mega, parent is null ? Ample : parentLimit * Mega);
        Assert.Equal(new UsableMemory(most / 4 * 3, most), Of(root));
    }

    [Fact]
    public void GroupsWithoutALimitDoNotLimit()
    {
        using TemporaryFolder root = new();
        System(root, free: 700);
        Write(root, "proc/self/cgroup", "5:memory:/x\n0::/y");
        Write(root, Mounts, Version1 + "\n35 30 0:32 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw");
        Write(root, "sys/fs/cgroup/memory/x/memory.limit_in_bytes", "9223372036854771712");
        Write(root, "sys/fs/cgroup/unified/y/memory.max", "max");
        Assert.Equal(800 * Mega, Of(root).Most);
    }

    [Fact]
    public void ContainersLimitVersion1()
    {
        using TemporaryFolder root = new();
        System(root, free: 9000);
        Write(root, "proc/self/cgroup", "7:cpu,cpuacct:/\n5:memory:/docker/abc\n1:name=systemd:/");
        Write(root, Mounts, "33 30 0:30 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n" + Version1);
        Write(root, "sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", $"{400 * Mega}");
        Write(root, "sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
        Write(root, "sys/fs/cgroup/memory/docker/abc/memory.stat", $"cache 5\nrss 7\ntotal_rss {120 * Mega}\ntotal_shmem 0");
        Assert.Equal(new UsableMemory(380 * Mega / 4 * 3, 380 * Mega), Of(root));
    }

    // Mapped addresses are not available for pictures. They include the runtime's share of the budget.
    [Theory]
    [InlineData("Max address space         1073741824           unlimited            bytes", 1024 - 600)]
    [InlineData("Max data size             524288000            unlimited            bytes", 500 - 300)]
    public void AddressSpaceLimitsCount(string line, int left)
    {
        using TemporaryFolder root = new();
        System(root, free: 9000);
        Write(root, "proc/self/limits", $"Limit                     Soft Limit           Hard Limit           Units\n{line}");
        Assert.Equal(new UsableMemory(128_000_000 + (left * Mega / 4 * 3), 128_000_000 + (left * Mega)), Of(root));
    }

    [Fact]
    public void AnExhaustedGroupLeavesNothing()
    {
        using TemporaryFolder root = new();
        System(root, free: 9000);
        Write(root, "proc/self/cgroup", "0::/");
        Write(root, Mounts, "34 30 0:31 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw");
        Write(root, "sys/fs/cgroup/memory.high", $"{40 * Mega}");
        Write(root, "sys/fs/cgroup/memory.stat", $"anon {300 * Mega}");
        Assert.Equal(new UsableMemory(0, 0), Of(root));
    }

    private static UsableMemory Of(TemporaryFolder root) => UsableMemory.Of(ProcessMemory.Read(root.Path), Ample);

    // Simulates a process of 100 MB on a machine with the given free megabytes.
    private static void System(TemporaryFolder root, int free, int swap = 0)
    {
        Write(root, "proc/self/status", "Name:\tx\nVmSize:\t  614400 kB\nVmRSS:\t  150000 kB\nRssAnon:\t  102400 kB\nVmData:\t  307200 kB");
        Write(root, "proc/meminfo", $"MemTotal: 99999999 kB\nMemAvailable:   {free * 1024} kB\nSwapFree:       {swap * 1024} kB");
        Write(root, "proc/self/limits", "Max address space         unlimited            unlimited            bytes");
    }

    private static void Write(TemporaryFolder root, string path, string text)
    {
        string file = root.File(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text + "\n");
    }
}
