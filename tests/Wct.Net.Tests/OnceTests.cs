namespace Wct.Net.Tests;

public class OnceTests
{
    [Fact]
    public void AFailureIsTriedAgainAndASuccessKept()
    {
        int calls = 0;
        Once<string> once = new(() => ++calls == 1 ? throw new InsufficientMemoryException() : $"made by call {calls}");
        Assert.Throws<InsufficientMemoryException>(() => once.Value);
        Assert.False(once.IsMade);
        Assert.Equal("made by call 2", once.Value);
        Assert.True(once.IsMade);
        Assert.Same(once.Value, once.Value);
        Assert.Equal(2, calls);
    }

    [Fact]
    public void CallersAtTheSameTimeGetOneValue()
    {
        int calls = 0;
        using Barrier together = new(4);
        Once<object> once = new(() =>
        {
            Interlocked.Increment(ref calls);
            Thread.Sleep(20);
            return new object();
        });
        object[] got = new object[4];
        Thread[] threads = [.. Enumerable.Range(0, got.Length).Select(i => new Thread(() =>
        {
            together.SignalAndWait();
            got[i] = once.Value;
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Assert.Equal(1, calls);
        Assert.All(got, value => Assert.Same(got[0], value));
    }
}
