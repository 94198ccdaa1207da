using System.Collections.Concurrent;
using System.Diagnostics;
using Wct.Net.Calls;
using Wct.Net.Models;

namespace Wct.Net.Tests.Calls;

/// <summary>How calls end, and when the queue is free again.</summary>
public sealed class QueueEndTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly WctModel Model = RandomModel.Create([8], seed: 2);
    private static readonly PixelImage Small = Pictures.Textured(4, 4);

    private readonly StyleTransfer _transfer = new(Model, new LoadOptions { Device = DeviceChoice.Cpu, Threads = 2 });
    private readonly PreparedStyle _style;
    private readonly HeldReader _held = new(Small);

    public QueueEndTests() => _style = _transfer.PrepareStyle(Small);

    public void Dispose()
    {
        _held.Release();
        _transfer.Dispose();
        _held.Dispose();
    }

    // A call that still counted as running when its task completes would make about one in a thousand next calls fail.
    [Fact]
    public async Task TheQueueIsFreeWhenATaskCompletes()
    {
        CallQueue queue = new("queue", limit: 0);
        for (int i = 0; i < 20_000; i++)
        {
            int call = i;
            Task<int> task = queue.Add(() => call, CancellationToken.None);
            // Unlike an await, this leaves the queue's thread no time after the task completes.
            while (!task.IsCompleted)
                Thread.SpinWait(1);
            Assert.Equal(i, await task);
        }

        queue.Close();
        using StyleTransfer transfer = new(Model, new LoadOptions { Device = DeviceChoice.Cpu, MaxQueue = 0 });
        for (int i = 0; i < 20; i++)
            Assert.Equal(4, (await transfer.StylizeAsync(Small, _style)).Width);
    }

    [Fact]
    public async Task ACallFailsIfTheSystemHasNoThread()
    {
        List<Thread> started = [];
        CallQueue queue = new("queue", limit: 0, thread =>
        {
            started.Add(thread);
            if (started.Count == 1)
                throw new PlatformNotSupportedException("no threads here");
            thread.UnsafeStart();
        });
        Task<int> failed = queue.Add(() => 1, CancellationToken.None);
        Assert.Equal("no threads here", (await Assert.ThrowsAsync<PlatformNotSupportedException>(() => failed)).Message);
        Assert.Equal(0, queue.Waiting);
        // The next call tries again.
        Assert.Equal(2, await queue.Add(() => 2, CancellationToken.None).WaitAsync(Limit));
        Assert.Equal(3, await queue.Add(() => 3, CancellationToken.None).WaitAsync(Limit));
        Assert.Equal(2, started.Count);
        queue.Close();
    }

    [Fact]
    public async Task WaitingCallsOfEveryKindAreCanceledAtOnce()
    {
        Task first = _transfer.StylizeAsync(_held, _style, new NoWriter());
        await _held.Reading;
        using CancellationTokenSource source = new();
        Task[] waiting =
        [
            _transfer.PrepareStyleAsync(Small, null, null, source.Token),
            _transfer.PrepareStyleAsync(new ImageReader(Small), null, null, source.Token),
            _transfer.SynthesizeAsync(_style, 16, 16, null, null, source.Token),
            _transfer.SynthesizeAsync(_style, 16, 16, new NoWriter(), null, null, source.Token),
            _transfer.StylizeAsync(Small, Small, null, null, source.Token),
            _transfer.StylizeAsync(Small, [new StyleRegion(null, _style)], null, null, source.Token),
        ];
        Assert.Equal(waiting.Length, _transfer.WaitingCalls);
        source.Cancel();
        Assert.Equal(0, _transfer.WaitingCalls);
        Assert.All(waiting, task => Assert.True(task.IsCanceled));
        Assert.False(first.IsCompleted);
        _held.Release();
        await first.WaitAsync(Limit);
    }

    // Every task ends, with its result or because the transfer was disposed of.
    [Fact]
    public async Task DisposingEndsAllTasksWhileOthersAddCalls()
    {
        ConcurrentBag<Task<PixelImage>> tasks = [];
        using SemaphoreSlim added = new(0);
        Task first = _transfer.StylizeAsync(_held, _style, new NoWriter());
        await _held.Reading;
        Task[] adding = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            try
            {
                for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Limit;)
                {
                    Task<PixelImage> task = _transfer.StylizeAsync(Small, _style);
                    tasks.Add(task);
                    added.Release();
                    if (task.IsFaulted)
                        Thread.Sleep(1);
                }

                return false;
            }
            catch (ObjectDisposedException)
            {
                return true;
            }
        }))];
        for (int i = 0; i < 50; i++)
            Assert.True(await added.WaitAsync(Limit));
        _transfer.Dispose();
        Assert.All(await Task.WhenAll(adding.Cast<Task<bool>>()).WaitAsync(Limit), Assert.True);
        foreach (Task<PixelImage> task in tasks)
        {
            Exception? error = await Record.ExceptionAsync(() => task.WaitAsync(Limit));
            Assert.True(error is ObjectDisposedException or QueueFullException, $"{error}");
        }

        Assert.InRange(tasks.Count, 50, int.MaxValue);
        _held.Release();
        await first.WaitAsync(Limit);
    }
}
