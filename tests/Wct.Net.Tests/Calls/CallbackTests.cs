using Wct.Net.Models;

namespace Wct.Net.Tests.Calls;

/// <summary>The application's own code on the library's thread, and objects of the application that change while a call waits.</summary>
public sealed class CallbackTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly WctModel Model = RandomModel.Create([8, 12], seed: 2);
    private static readonly PixelImage Content = Pictures.Textured(33, 20), Painting = Pictures.Textured(20, 24, 2);

    private readonly StyleTransfer _transfer = new(Model, new LoadOptions { Device = DeviceChoice.Cpu, Threads = 2 });
    private readonly PreparedStyle _style;
    private readonly HeldReader _held = new(Content);

    public CallbackTests() => _style = _transfer.PrepareStyle(Painting);

    public void Dispose()
    {
        _held.Release();
        _transfer.Dispose();
        _held.Dispose();
    }

    [Fact]
    public async Task AProgressReportMayCallASynchronousMethod()
    {
        byte[] expected = _transfer.Stylize(Content, _style).Bytes;
        List<byte[]> inside = [];
        CallbackProgress<StylizeProgress> progress = new(_ =>
        {
            if (inside.Count < 3)
                inside.Add(_transfer.Stylize(Content, _style).Bytes);
        });
        PixelImage result = await _transfer.StylizeAsync(Content, _style, null, progress).WaitAsync(Limit);
        Assert.Equal(expected, result.Bytes);
        Assert.Equal(3, inside.Count);
        Assert.All(inside, bytes => Assert.Equal(expected, bytes));
    }

    // Only the caller's own token cancels a task.
    [Fact]
    public async Task ACanceledExceptionOfAReaderIsAnError()
    {
        using CancellationTokenSource other = new(), own = new();
        other.Cancel();
        using HeldReader reader = new(Content, holds: false) { Begins = other.Token.ThrowIfCancellationRequested };
        Task task = _transfer.StylizeAsync(reader, _style, new NoWriter(), null, null, own.Token);
        await Assert.ThrowsAsync<OperationCanceledException>(() => task.WaitAsync(Limit));
        Assert.True(task.IsFaulted);
        using HeldReader canceling = new(Content, holds: false)
        {
            Begins = () =>
            {
                own.Cancel();
                throw new OperationCanceledException("without a token");
            },
        };
        Task canceled = _transfer.StylizeAsync(canceling, _style, new NoWriter(), null, null, own.Token);
        Assert.Equal(own.Token, (await Assert.ThrowsAsync<TaskCanceledException>(() => canceled.WaitAsync(Limit))).CancellationToken);
        Assert.True(canceled.IsCanceled);
    }

    [Fact]
    public async Task ListsMayChangeWhileACallWaits()
    {
        List<LevelOptions> levels = [1];
        List<StyleRegion> regions = [new(null, _style) { Strength = 0.3 }];
        StylizeOptions options = new() { Levels = levels };
        TextureOptions texture = new() { Levels = levels, Passes = 1 };
        byte[] expected = _transfer.Stylize(Content, _style, options).Bytes,
            expectedRegions = _transfer.Stylize(Content, regions, options).Bytes,
            expectedTexture = _transfer.Synthesize(_style, 32, 16, texture).Bytes;
        Task first = _transfer.StylizeAsync(_held, _style, new NoWriter());
        await _held.Reading;
        Task<PixelImage> stylized = _transfer.StylizeAsync(Content, _style, options),
            ofRegions = _transfer.StylizeAsync(Content, regions, options), textured = _transfer.SynthesizeAsync(_style, 32, 16, texture);
        Task<PreparedStyle> prepared = _transfer.PrepareStyleAsync(Painting, options);
        levels[0] = 2;
        regions.Clear();
        Assert.NotEqual(expected, _transfer.Stylize(Content, _style, options).Bytes);
        _held.Release();
        await first;
        Assert.Equal(expected, (await stylized).Bytes);
        Assert.Equal(expectedRegions, (await ofRegions).Bytes);
        Assert.Equal(expectedTexture, (await textured).Bytes);
        Assert.Equal([1], (await prepared).Levels);
    }
}
