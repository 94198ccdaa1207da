using System.Runtime.CompilerServices;
using Wct.Net.Models;

namespace Wct.Net.Tests.Calls;

/// <summary>Many asynchronous calls at once.</summary>
public sealed class QueueTests : IDisposable
{
    private const int Calls = 200;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly WctModel Model = RandomModel.Create([8], seed: 2);
    private static readonly PixelImage Content = Pictures.Textured(33, 20);

    private readonly StyleTransfer _transfer = new(Model, new LoadOptions { Device = DeviceChoice.Cpu, Threads = 2 });
    private readonly PreparedStyle _style;
    private readonly HeldReader _held = new(Content);

    public QueueTests() => _style = _transfer.PrepareStyle(Content);

    public void Dispose()
    {
        _held.Release();
        _transfer.Dispose();
        _held.Dispose();
    }

    [Fact]
    public async Task CallsRunInOrderOnOneThreadThatIsNotOfThePool()
    {
        List<(int Call, int Thread, bool IsOfPool)> ran = [];
        Task first = Hold();
        Thread thread = await _held.Reading;
        // All calls return while the first one still runs.
        Task[] tasks = [.. Enumerable.Range(0, Calls).Select(call => _transfer.StylizeAsync(
            new HeldReader(Content, holds: false)
            {
                Begins = () => ran.Add((call, Environment.CurrentManagedThreadId, Thread.CurrentThread.IsThreadPoolThread)),
            },
            _style, new NoWriter()))];
        Assert.All(tasks, task => Assert.False(task.IsCompleted));
        Assert.Equal(Calls, _transfer.WaitingCalls);
        _held.Release();
        await Task.WhenAll([first, .. tasks]).WaitAsync(Limit);
        Assert.Equal(Enumerable.Range(0, Calls).Select(call => (call, thread.ManagedThreadId, false)), ran);
        Assert.False(thread.IsThreadPoolThread);
        Assert.True(thread.IsBackground);
        Assert.Equal(0, _transfer.WaitingCalls);
    }

    // Not an async method: its state would keep pictures alive.
    [Fact]
    public void CancelingCallsThatWaitFreesTheirPictures()
    {
        Task first = Hold();
        Await(_held.Reading);
        using CancellationTokenSource canceled = new(), kept = new();
        (WeakReference Picture, Task Task)[] calls =
            [.. Enumerable.Range(0, 20).Select(i => Call(i % 2 == 0 ? canceled.Token : kept.Token))];
        canceled.Cancel();
        // At once, while the first call still runs.
        Assert.Equal(10, _transfer.WaitingCalls);
        Assert.All(calls.Where((_, i) => i % 2 == 0), call => Assert.True(call.Task.IsCanceled));
        Assert.All(calls.Where((_, i) => i % 2 == 1), call => Assert.False(call.Task.IsCompleted));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal(calls.Select((_, i) => i % 2 == 1), calls.Select(call => call.Picture.IsAlive));
        _held.Release();
        Await(Task.WhenAll([first, .. calls.Where((_, i) => i % 2 == 1).Select(call => call.Task)]));
        // A finished call has no reference to its pictures, even while its token exists. With a further call, the thread has left the last
        // one.
        Await(_transfer.StylizeAsync(Content, _style));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(calls, call => Assert.False(call.Picture.IsAlive));
    }

    [Fact]
    public async Task ACallThatRunsIsCanceledWithinALayer()
    {
        using CancellationTokenSource source = new();
        int reports = 0;
        CallbackProgress<StylizeProgress> progress = new(_ =>
        {
            reports++;
            source.Cancel();
        });
        Task<PixelImage> task = _transfer.StylizeAsync(Content, _style, null, progress, source.Token);
        TaskCanceledException error = await Assert.ThrowsAsync<TaskCanceledException>(() => task);
        Assert.True(task.IsCanceled);
        Assert.Equal(source.Token, error.CancellationToken);
        Assert.InRange(reports, 1, 2);
        // A token that was canceled before: the call never waits.
        using HeldReader untouched = new(Content, holds: false) { Begins = () => Assert.Fail("it was read") };
        Task never = _transfer.StylizeAsync(untouched, _style, new NoWriter(), null, null, source.Token);
        Assert.True(never.IsCanceled);
        await _transfer.StylizeAsync(Content, _style);
    }

    [Fact]
    public async Task DisposingFailsAllWaitingCalls()
    {
        Task first = Hold();
        Thread thread = await _held.Reading;
        Task<PixelImage>[] waiting = [.. Enumerable.Range(0, 5).Select(_ => _transfer.StylizeAsync(Content, _style))];
        _transfer.Dispose();
        foreach (Task<PixelImage> task in waiting)
        {
            Assert.True(task.IsFaulted);
            Assert.Equal(nameof(StyleTransfer), (await Assert.ThrowsAsync<ObjectDisposedException>(() => task)).ObjectName);
        }

        Assert.Throws<ObjectDisposedException>(() => { _ = _transfer.StylizeAsync(Content, _style); });
        Assert.False(first.IsCompleted);
        _held.Release();
        await first.WaitAsync(Limit);
        Assert.True(thread.Join(Limit), "the thread goes on");
    }

    [Fact]
    public async Task ACallMayDisposeOfItsTransfer()
    {
        CallbackProgress<StylizeProgress> progress = new(_ => _transfer.Dispose());
        Task<PixelImage> task = _transfer.StylizeAsync(Content, _style, null, progress);
        Assert.Equal(Content.Width, (await task.WaitAsync(Limit)).Width);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task CallsBeyondTheLimitFail(int limit)
    {
        using StyleTransfer transfer = new(Model, new LoadOptions { Device = DeviceChoice.Cpu, MaxQueue = limit });
        Task first = transfer.StylizeAsync(_held, _style, new NoWriter());
        await _held.Reading;
        Task<PixelImage>[] waiting = [.. Enumerable.Range(0, limit).Select(_ => transfer.StylizeAsync(Content, _style))];
        Task<PixelImage> refused = transfer.StylizeAsync(Content, _style);
        QueueFullException error = await Assert.ThrowsAsync<QueueFullException>(() => refused);
        Assert.Equal($"The queue is full: {limit} of {limit} calls wait (LoadOptions.MaxQueue). Try again later.", error.Message);
        Assert.Equal((limit, limit), (error.Waiting, error.Limit));
        _held.Release();
        await Task.WhenAll([first, .. waiting]).WaitAsync(Limit);
    }

    [Fact]
    public void TheLimitIsChecked()
    {
        Assert.Equal(1000, new LoadOptions().MaxQueue);
        Assert.Contains("-1", Assert.Throws<ArgumentOutOfRangeException>(
            () => new StyleTransfer(Model, new LoadOptions { Device = DeviceChoice.Cpu, MaxQueue = -1 })).Message);
    }

    // Calls from many threads, of which some are canceled at any time: each task ends, and in the right way.
    [Fact]
    public async Task EveryTaskEndsIfCallsAreCanceledAtAnyTime()
    {
        PixelImage small = Pictures.Textured(4, 4);
        Random random = new(1);
        (int Delay, bool IsCanceled)[] plan = [.. Enumerable.Range(0, Calls).Select(_ => (random.Next(3000), random.Next(2) == 0))];
        await Task.WhenAll(plan.Select(call => Task.Run(async () =>
        {
            using CancellationTokenSource source = new();
            Task<PixelImage> task = _transfer.StylizeAsync(small, _style, null, null, source.Token);
            Thread.SpinWait(call.Delay);
            if (call.IsCanceled)
                source.Cancel();
            try
            {
                Assert.Equal(4, (await task).Width);
            }
            catch (OperationCanceledException)
            {
                Assert.True(call.IsCanceled);
            }
        }))).WaitAsync(Limit);
        Assert.Equal(0, _transfer.WaitingCalls);
    }

    // A call that runs until the test ends it.
    private Task Hold() => _transfer.StylizeAsync(_held, _style, new NoWriter());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (WeakReference Picture, Task Task) Call(CancellationToken token)
    {
        PixelImage picture = Pictures.Textured(40, 30);
        return (new WeakReference(picture), _transfer.StylizeAsync(picture, _style, null, null, token));
    }

    private static void Await(Task task) => Assert.True(task.Wait(Limit), "the call doesn't end");
}
