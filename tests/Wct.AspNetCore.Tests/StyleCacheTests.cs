using Wct.AspNetCore.Styles;

namespace Wct.AspNetCore.Tests;

public sealed class StyleCacheTests
{
    [Fact]
    public void TheValuesThatWereUsedLastAreKept()
    {
        StyleCache cache = new(limit: 10);
        Assert.True(cache.Add("a", "A", 4) && cache.Add("b", "B", 4));
        Assert.Equal("A", cache.Find<string>("a"));
        Assert.True(cache.Add("c", "C", 4));
        Assert.Equal(("A", null, "C"), (cache.Find<string>("a"), cache.Find<string>("b"), cache.Find<string>("c")));
        Assert.Equal(8, cache.Bytes);
    }

    [Fact]
    public void AValueThatIsLargerThanTheLimitIsNotKept()
    {
        StyleCache cache = new(limit: 10);
        Assert.False(cache.Add("a", "A", 11));
        Assert.Equal(("B", false), cache.Get("b", () => "B", _ => 11, CancellationToken.None));
        Assert.Equal((null, null, 0), (cache.Find<string>("a"), cache.Find<string>("b"), cache.Bytes));
    }

    [Fact]
    public void AValueIsReplaced()
    {
        StyleCache cache = new(limit: 10);
        cache.Add("a", "A", 8);
        cache.Add("a", "B", 6);
        Assert.Equal(("B", 6), (cache.Find<string>("a"), cache.Bytes));
    }

    [Fact]
    public async Task AValueIsMadeOnceForSeveralThreads()
    {
        StyleCache cache = new(limit: 10);
        using ManualResetEventSlim gate = new();
        int made = 0;
        string Make()
        {
            Interlocked.Increment(ref made);
            gate.Wait();
            return "A";
        }

        Task<(string, bool)>[] all = [.. Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () => cache.Get("a", Make, _ => 1, CancellationToken.None), TaskCreationOptions.LongRunning))];
        await TestServer.Until(() => Volatile.Read(ref made) == 1, "one makes it");
        gate.Set();
        (string, bool)[] values = await Task.WhenAll(all);
        Assert.Equal(1, made);
        Assert.Equal(3, values.Count(value => value == ("A", true)));
    }

    [Fact]
    public async Task IfMakingFailsTheNextThreadMakesIt()
    {
        StyleCache cache = new(limit: 10);
        using ManualResetEventSlim gate = new();
        Task first = Task.Factory.StartNew(
            () => cache.Get<string>(
                "a",
                () =>
                {
                    gate.Wait();
                    throw new OperationCanceledException();
                },
                _ => 1, CancellationToken.None),
            TaskCreationOptions.LongRunning);
        Task<(string, bool)> second = Task.Factory.StartNew(
            () => cache.Get("a", () => "B", _ => 1, CancellationToken.None), TaskCreationOptions.LongRunning);
        gate.Set();
        await Assert.ThrowsAsync<OperationCanceledException>(() => first);
        Assert.Equal("B", (await second).Item1);
    }

    [Fact]
    public async Task AThreadThatWaitsCanBeCanceled()
    {
        StyleCache cache = new(limit: 10);
        using ManualResetEventSlim gate = new(), begun = new();
        Task first = Task.Factory.StartNew(
            () => cache.Get(
                "a",
                () =>
                {
                    begun.Set();
                    gate.Wait();
                    return "A";
                },
                _ => 1, CancellationToken.None),
            TaskCreationOptions.LongRunning);
        begun.Wait();
        using CancellationTokenSource gone = new(50);
        Assert.ThrowsAny<OperationCanceledException>(() => cache.Get("a", () => "B", _ => 1, gone.Token));
        gate.Set();
        await first;
    }
}
