using Wct.AspNetCore.Requests;

namespace Wct.AspNetCore.Tests;

/// <summary>Tests how the files and texts of a request are held.</summary>
public sealed class SpoolTests
{
    [Fact]
    public async Task ManySmallFilesShareTheirMemory()
    {
        using TemporaryFolder folder = new();
        using Spool spool = new(folder.Path);
        List<(Func<Stream> Open, byte[] Bytes)> files = [];
        // Some fit into memory, some don't, and some are empty. Those that don't fit are in the same file.
        Random random = new(5);
        foreach (int length in (int[])[0, 1, 100_000, 300_000, 100_000, 70_000, 5, 0, Spool.InMemory])
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            (Func<Stream> open, long added) = await spool.Add(new MemoryStream(bytes), CancellationToken.None);
            Assert.Equal(length, added);
            files.Add((open, bytes));
        }

        foreach ((Func<Stream> open, byte[] bytes) in files)
        {
            using Stream first = open(), second = open();
            using MemoryStream copy = new();
            second.Position = bytes.Length / 2;
            await first.CopyToAsync(copy);
            Assert.Equal(bytes, copy.ToArray());
            // The other stream has a position of its own, and ends where the file ends.
            Assert.Equal((bytes.Length / 2, bytes.Length), (second.Position, second.Length));
            Assert.Equal(bytes.Length == 0 ? -1 : bytes[bytes.Length / 2], second.ReadByte());
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        using Spool small = new(folder.Path);
        for (int i = 0; i < 364; i++)
            await small.Add(new MemoryStream([1]), CancellationToken.None);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public async Task AllTextsTogetherAreLimited()
    {
        UploadText text = new();
        byte[] large = new byte[1 << 20];
        await text.Read("a", new MemoryStream(large), CancellationToken.None);
        await text.Read("b", new MemoryStream(large), CancellationToken.None);
        RequestProblem problem = await Assert.ThrowsAsync<RequestProblem>(
            () => text.Read("c", new MemoryStream([1]), CancellationToken.None));
        Assert.Equal((400, "The text fields together have more than 2097152 bytes, the limit."), (problem.Status, problem.Message));
    }
}
