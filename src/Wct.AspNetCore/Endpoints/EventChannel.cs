using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Wct.AspNetCore.Observation;
using Wct.AspNetCore.Work;
using Wct.Imaging;
using Wct.Net;

namespace Wct.AspNetCore.Endpoints;

/// <summary>Collects events until they are sent. If the client reads slowly, the oldest are left out, so memory stays bounded.</summary>
/// <param name="logger">Is told about previews that failed.</param>
internal sealed class EventChannel(ILogger logger) : IStylizeEvents
{
    // A level's picture is shown while the next one is computed; it needn't be larger than a screen. All levels of a pass are kept.
    private const int ShorterPreview = 512, LongerPreview = 2048, PreviewQuality = 80, Capacity = 64, MostLevels = 8;

    private readonly Lock _lock = new();
    private readonly LinkedList<(bool IsLevel, byte[] Bytes)> _events = new();
    // Has an item if there may be events that the reader hasn't seen.
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private double _reported = -1;

    /// <summary>Waits for events.</summary>
    /// <returns>False if there will be no more.</returns>
    internal ValueTask<bool> Wait(CancellationToken cancellationToken) => _signal.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes the oldest event, as the bytes to send.</summary>
    internal bool TryTake([NotNullWhen(true)] out byte[]? bytes)
    {
        // Before the events are looked at, so that a later one signals again.
        _signal.Reader.TryRead(out _);
        lock (_lock)
        {
            bytes = _events.First?.Value.Bytes;
            if (bytes is not null)
                _events.RemoveFirst();
        }

        return bytes is not null;
    }

    /// <summary>Ends the events.</summary>
    internal void Complete() => _signal.Writer.TryComplete();

    public void Moved(int position) => Add("queued", new QueuedEvent(position), Json.Default.QueuedEvent);

    public void Progress(double fraction, int level)
    {
        const double Step = 0.01;
        if (fraction < _reported + Step && fraction < 1)
            return;
        _reported = fraction;
        Add("progress", new ProgressEvent(Math.Round(fraction, 4), level), Json.Default.ProgressEvent);
    }

    public void Level(LevelPicture picture)
    {
        try
        {
            LevelEvent level = new(picture.Level, picture.Pass, "image/jpeg", Convert.ToBase64String(Preview(picture.Picture)));
            Add("level", level, Json.Default.LevelEvent, isLevel: true);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The result can be there without it.
            Log.NoPreview(logger, error);
        }
    }

    /// <summary>The bytes of an event.</summary>
    internal static byte[] Bytes<T>(string name, T value, JsonTypeInfo<T> type) =>
        Encoding.UTF8.GetBytes($"event: {name}\ndata: {JsonSerializer.Serialize(value, type)}\n\n");

    private static byte[] Preview(IPixelReader pixels)
    {
        double scale = Math.Min(
            Math.Min(1, (double)ShorterPreview / Math.Min(pixels.Width, pixels.Height)),
            (double)LongerPreview / Math.Max(pixels.Width, pixels.Height));
        int Scaled(int side) => Math.Max(1, (int)Math.Round(side * scale));
        PixelImage small = Resizing.To(pixels, Scaled(pixels.Width), Scaled(pixels.Height));
        return ImageFile.Encode(".jpg", small, new JpegWriteOptions { Quality = PreviewQuality });
    }

    private void Add<T>(string name, T value, JsonTypeInfo<T> type, bool isLevel = false)
    {
        byte[] bytes = Bytes(name, value, type);
        lock (_lock)
        {
            _events.AddLast((isLevel, bytes));
            if (isLevel && _events.Count(one => one.IsLevel) > MostLevels)
                _events.Remove(_events.First(one => one.IsLevel));
            if (_events.Count > Capacity)
                _events.RemoveFirst();
        }

        _signal.Writer.TryWrite(true);
    }
}
