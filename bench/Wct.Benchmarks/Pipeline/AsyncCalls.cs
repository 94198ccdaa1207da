using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Benchmarks.Pipeline;

/// <summary>Many calls at once: the asynchronous methods compared with synchronous ones on threads of the pool, by turns. A timer on the
/// pool shows how long other work must wait for a thread.</summary>
internal static class AsyncCalls
{
    private const int Side = 256, Threads = 2;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50), Limit = TimeSpan.FromMilliseconds(200);

    private delegate Task Start(IProgress<StylizeProgress> progress);

    /// <summary>Prints a table: how long all calls took, their order, the timer's longest gap, and the pool's threads. Then prints how much
    /// memory is freed if half of the calls are canceled.</summary>
    /// <param name="calls">How many calls are made at once.</param>
    /// <param name="rounds">How often both variants run, after one run that isn't counted.</param>
    internal static async Task Print(int calls, int rounds)
    {
        using StyleTransfer transfer = new(
            WctModel.LoadDefault(), new LoadOptions { Device = DeviceChoice.Cpu, Threads = Threads, MaxQueue = calls });
        PixelImage photo = new(Noise.Bytes(Side * Side * 3), Side, Side);
        PreparedStyle style = transfer.PrepareStyle(photo);
        (string Name, Start Call)[] variants =
        [
            ("StylizeAsync", progress => transfer.StylizeAsync(photo, style, null, progress)),
            ("Task.Run(Stylize)", progress => Task.Run(() => transfer.Stylize(photo, style, null, progress))),
        ];
        Console.WriteLine($"{calls} calls at once, {Side}x{Side}, {Threads} threads, {Environment.ProcessorCount} processors");
        for (int round = 0; round <= rounds; round++)
        {
            foreach ((string name, Start call) in variants)
            {
                string line = await Run(name, call, calls);
                if (round > 0)
                    Console.WriteLine(line);
            }
        }

        await PrintMemory(transfer, style, calls);
    }

    private static async Task<string> Run(string name, Start call, int calls)
    {
        Ticks ticks = new();
        Ends ends = new();
        int threads = 0;
        long start = Stopwatch.GetTimestamp();
        TimeSpan returned;
        await using (Timer timer = new(
            _ =>
            {
                ticks.Add();
                threads = Math.Max(threads, ThreadPool.ThreadCount);
            },
            null, Period, Period))
        {
            Task[] tasks = [.. Enumerable.Range(0, calls).Select(i => call(ends.Of(i)))];
            returned = Stopwatch.GetElapsedTime(start);
            await Task.WhenAll(tasks);
            ticks.Add();
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-18} {Stopwatch.GetElapsedTime(start).TotalSeconds,6:0.00} s   made in {returned.TotalMilliseconds,6:0.0} ms   "
                + $"{(ends.AreAscending(calls) ? "in order" : "not in order"),-12}   "
                + $"a {Period.TotalMilliseconds:0} ms timer waited up to {ticks.Longest.TotalMilliseconds,7:0} ms "
                + $"({(ticks.Longest < Limit ? "pass" : "fail")}: below {Limit.TotalMilliseconds:0})   up to {threads} pool threads");
    }

    // Each call has a photo of its own. One call runs meanwhile.
    private static async Task PrintMemory(StyleTransfer transfer, PreparedStyle style, int calls)
    {
        using CancellationTokenSource canceled = new(), others = new();
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), released = new();
        Task first = transfer.StylizeAsync(Photo(), style, null, new Reports(_ =>
        {
            begun.TrySetResult();
            released.Task.Wait();
        }));
        await begun.Task;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Task[] waiting = [.. Enumerable.Range(0, calls).Select(
            i => transfer.StylizeAsync(Photo(), style, null, null, (i % 2 == 0 ? canceled : others).Token))];
        long all = GC.GetTotalMemory(forceFullCollection: true) - before;
        canceled.Cancel();
        long half = GC.GetTotalMemory(forceFullCollection: true) - before;
        others.Cancel();
        long none = GC.GetTotalMemory(forceFullCollection: true) - before;
        released.SetResult();
        await first;
        // Less than 1% beside the photos: the tasks themselves, which the array keeps.
        bool passes = Math.Abs(half - all / 2) < all / 100 && none < all / 100 && waiting.All(task => task.IsCanceled);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {calls} waiting calls hold {all / 1e6:0.0} MB; after half was canceled {half / 1e6:0.0} MB, after all {none / 1e6:0.0} MB "
                + $"({(passes ? "pass" : "fail")})"));

        static PixelImage Photo() => new(Noise.Bytes(Side * Side * 3), Side, Side);
    }

    // The longest time between two ticks.
    private sealed class Ticks
    {
        private readonly Lock _lock = new();
        private long _last = Stopwatch.GetTimestamp();

        internal TimeSpan Longest { get; private set; }

        internal void Add()
        {
            lock (_lock)
            {
                TimeSpan gap = Stopwatch.GetElapsedTime(_last);
                _last = Stopwatch.GetTimestamp();
                if (gap > Longest)
                    Longest = gap;
            }
        }
    }

    // The calls in the order in which they ended, by their last reports.
    private sealed class Ends
    {
        private readonly ConcurrentQueue<int> _calls = new();

        internal bool AreAscending(int calls) => _calls.SequenceEqual(Enumerable.Range(0, calls));

        internal IProgress<StylizeProgress> Of(int call)
        {
            bool hasEnded = false;
            return new Reports(report =>
            {
                // The sum of all parts is rounded.
                if (hasEnded || report.Fraction < 1 - 1e-9)
                    return;
                hasEnded = true;
                _calls.Enqueue(call);
            });
        }
    }

    private sealed class Reports(Action<StylizeProgress> action) : IProgress<StylizeProgress>
    {
        public void Report(StylizeProgress value) => action(value);
    }
}
