using System.Collections.Concurrent;
using Wct.Net.Models;
using Wct.Net.Transforms;

namespace Wct.Net.Tests.Calls;

/// <summary>The methods that return tasks.</summary>
public sealed class AsyncTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly WctModel Model = RandomModel.Create([8, 12], seed: 2);
    private static readonly PixelImage Content = Pictures.Textured(33, 20), Painting = Pictures.Textured(20, 24, 2);

    private readonly StyleTransfer _transfer = new(Model, new LoadOptions { Device = DeviceChoice.Cpu, Threads = 2 });

    public void Dispose() => _transfer.Dispose();

    [Fact]
    public async Task ResultsAreThoseOfTheSynchronousMethods()
    {
        StylizeOptions options = new() { Strength = 0.8, PreserveColor = ColorPreservation.Luminance };
        PreparedStyle style = _transfer.PrepareStyle(Painting);
        byte[] expected = _transfer.Stylize(Content, style, options).Bytes;
        Assert.Equal(expected, (await _transfer.StylizeAsync(Content, Painting, options)).Bytes);
        Assert.Equal(expected, (await _transfer.StylizeAsync(Content, style, options)).Bytes);
        Assert.Equal(expected, (await _transfer.StylizeAsync(Content, [new StyleRegion(null, style)], options)).Bytes);
        Assert.Equal(expected, (await _transfer.StylizeAsync(Content, await _transfer.PrepareStyleAsync(Painting), options)).Bytes);
        PreparedStyle read = await _transfer.PrepareStyleAsync(new ImageReader(Painting));
        Assert.Equal(expected, (await _transfer.StylizeAsync(Content, read, options)).Bytes);

        PixelImage result = new(Content.Width, Content.Height);
        await _transfer.StylizeAsync(new ImageReader(Content), new ImageReader(Painting), new ImageWriter(result), options);
        Assert.Equal(expected, result.Bytes);
        result = new(Content.Width, Content.Height);
        await _transfer.StylizeAsync(new ImageReader(Content), style, new ImageWriter(result), options);
        Assert.Equal(expected, result.Bytes);
        result = new(Content.Width, Content.Height);
        await _transfer.StylizeAsync(new ImageReader(Content), [new StyleRegion(null, style)], new ImageWriter(result), options);
        Assert.Equal(expected, result.Bytes);

        StyleMask mask = new([.. Enumerable.Range(0, 480).Select(i => (byte)i)], 20, 24);
        PreparedStyle part = await _transfer.PrepareStyleAsync(Painting, mask),
            readPart = await _transfer.PrepareStyleAsync(new ImageReader(Painting), mask);
        expected = _transfer.Stylize(Content, _transfer.PrepareStyle(Painting, mask)).Bytes;
        Assert.Equal(expected, _transfer.Stylize(Content, part).Bytes);
        Assert.Equal(expected, _transfer.Stylize(Content, readPart).Bytes);

        expected = _transfer.Synthesize(style, 32, 16).Bytes;
        Assert.Equal(expected, (await _transfer.SynthesizeAsync(style, 32, 16)).Bytes);
        result = new(32, 16);
        await _transfer.SynthesizeAsync(style, 32, 16, new ImageWriter(result));
        Assert.Equal(expected, result.Bytes);
    }

    [Fact]
    public async Task WrongArgumentsAreThrownAtOnce()
    {
        PreparedStyle style = _transfer.PrepareStyle(Painting), foreign;
        using (StyleTransfer other = new(RandomModel.Create([8, 12], seed: 9), new LoadOptions { Device = DeviceChoice.Cpu }))
            foreign = other.PrepareStyle(Painting);
        StylizeOptions bad = new() { Strength = 2 }, linear = new() { PreserveColor = ColorPreservation.Linear };
        ImageReader reader = new(Content);
        NoWriter writer = new();
        // The methods throw before they return a task.
        Assert.Throws<ArgumentNullException>("content", () => { _ = _transfer.StylizeAsync((PixelImage)null!, style); });
        Assert.Throws<ArgumentNullException>("style", () => { _ = _transfer.StylizeAsync(Content, (PixelImage)null!); });
        Assert.Throws<ArgumentNullException>("style", () => { _ = _transfer.StylizeAsync(Content, (PreparedStyle)null!); });
        Assert.Throws<ArgumentNullException>("regions", () => { _ = _transfer.StylizeAsync(Content, (StyleRegion[])null!); });
        Assert.Throws<ArgumentNullException>("result", () => { _ = _transfer.StylizeAsync(reader, style, null!); });
        Assert.Throws<ArgumentNullException>("content", () => { _ = _transfer.StylizeAsync((IPixelReader)null!, style, writer); });
        Assert.Throws<ArgumentNullException>("style", () => { _ = _transfer.PrepareStyleAsync((PixelImage)null!); });
        Assert.Throws<ArgumentNullException>("style", () => { _ = _transfer.SynthesizeAsync(null!, 16, 16); });
        foreach (Action wrong in new Action[]
        {
            () => _transfer.StylizeAsync(Content, Painting, bad), () => _transfer.StylizeAsync(Content, style, bad),
            () => _transfer.StylizeAsync(Content, [new StyleRegion(null, style)], bad), () => _transfer.StylizeAsync(Content, []),
            () => _transfer.StylizeAsync(Content, [new StyleRegion(new StyleMask(new byte[4], 2, 2), style)]),
            () => _transfer.StylizeAsync(Content, style, new StylizeOptions { Transform = FeatureTransform.StyleSwap }),
            () => _transfer.StylizeAsync(reader, reader, writer, linear), () => _transfer.PrepareStyleAsync(Painting, linear),
            () => _transfer.PrepareStyleAsync(reader, new StyleMask(new byte[4], 2, 2)), () => _transfer.SynthesizeAsync(style, 0, 16),
            () => _transfer.SynthesizeAsync(style, 17, 16, new TextureOptions { Tileable = true }),
        })
        {
            Assert.ThrowsAny<ArgumentException>(wrong);
        }

        // What depends on the machine, the picture or the style's model arrives in the task.
        Task<PixelImage> small = _transfer.StylizeAsync(Content, style, new StylizeOptions { MaxMemory = 1 });
        Assert.Contains("needs", (await Assert.ThrowsAsync<ArgumentException>(() => small)).Message);
        Task[] mismatched =
        [
            _transfer.StylizeAsync(Content, foreign), _transfer.StylizeAsync(new ImageReader(Content), foreign, writer),
            _transfer.StylizeAsync(Content, [new StyleRegion(null, foreign)]), _transfer.SynthesizeAsync(foreign, 16, 16),
        ];
        foreach (Task task in mismatched)
            await Assert.ThrowsAsync<ModelMismatchException>(() => task);
    }

    [Fact]
    public async Task ExceptionsOfReadersArriveInTheTask()
    {
        using HeldReader broken = new(Content, holds: false) { Begins = () => throw new InvalidDataException("a broken file") };
        PreparedStyle style = await _transfer.PrepareStyleAsync(Painting);
        Task task = _transfer.StylizeAsync(broken, style, new NoWriter());
        Assert.Equal("a broken file", (await Assert.ThrowsAsync<InvalidDataException>(() => task)).Message);
        // The queue goes on.
        Assert.Equal(_transfer.Stylize(Content, style).Bytes, (await _transfer.StylizeAsync(Content, style)).Bytes);
    }

    [Fact]
    public async Task ProgressIsReportedOnTheCallersContextAndUnderNoLock()
    {
        PostingContext context = new();
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        // The context runs the handler when the test says so.
        int reports = 0;
        Progress<StylizeProgress> posted = new(_ => reports++);
        SynchronizationContext.SetSynchronizationContext(before);
        int locked = 0;
        CallbackProgress<StylizeProgress> both = new(report =>
        {
            ((IProgress<StylizeProgress>)posted).Report(report);
            // If a lock were held here, another thread could not use the queue.
            if (!Answers())
                locked++;
        });
        await _transfer.StylizeAsync(Content, Painting, null, both);
        Assert.Equal(0, locked);
        context.RunPosted();
        Assert.True(reports > 3, $"{reports} reports");
    }

    [Fact]
    public async Task TheCallersContextFlowsAndContinuationsRunElsewhere()
    {
        AsyncLocal<string> name = new() { Value = "the caller" };
        string? seen = null;
        using HeldReader reader = new(Painting) { Begins = () => seen = name.Value };
        Task<PreparedStyle> task = _transfer.PrepareStyleAsync(reader);
        name.Value = "changed later";
        Thread thread = await reader.Reading;
        Task<Thread> continuation = task.ContinueWith(
            _ => Thread.CurrentThread, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        reader.Release();
        Assert.NotSame(thread, await continuation);
        Assert.Equal("the caller", seen);
    }

    private bool Answers() => Task.Run(() => _transfer.WaitingCalls).Wait(Limit);

    private sealed class PostingContext : SynchronizationContext
    {
        private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> _posted = [];

        internal void RunPosted()
        {
            while (_posted.TryDequeue(out (SendOrPostCallback Callback, object? State) posted))
                posted.Callback(posted.State);
        }

        public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue((d, state));
    }
}
