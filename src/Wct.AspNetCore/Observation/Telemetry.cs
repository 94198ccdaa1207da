using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Wct.AspNetCore.Observation;

/// <summary>The meter and the activity source, both named "Wct". Names follow OpenTelemetry's conventions.</summary>
internal sealed class Telemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    internal const string Name = "Wct";

    private static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> _pictures, _pixels, _hits, _misses, _failures;
    private readonly Histogram<double> _stages;
    private readonly Meter _meter;

    public Telemetry(IMeterFactory meters)
    {
        _meter = meters.Create(new MeterOptions(Name));
        _pictures = _meter.CreateCounter<long>("wct.pictures", "{picture}", "Pictures that were computed.");
        _pixels = _meter.CreateCounter<long>("wct.pixels", "{pixel}", "Pixels of the pictures that were computed.");
        _stages = _meter.CreateHistogram<double>(
            "wct.stage.duration", "s", "Time of a stage: decode, prepare, stylize or encode.",
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
                30, 60]
            });
        _hits = _meter.CreateCounter<long>("wct.style.cache.hits", "{lookup}", "Styles that were found prepared.");
        _misses = _meter.CreateCounter<long>("wct.style.cache.misses", "{lookup}", "Styles that had to be prepared.");
        _failures = _meter.CreateCounter<long>("wct.failures", "{request}", "Requests without a picture, by reason.");
    }

    /// <summary>Reports the queue's length when it is asked for.</summary>
    internal void ObserveQueue(Func<int> waiting) => _meter.CreateObservableUpDownCounter(
        "wct.queue.length", waiting, "{request}", "Requests that wait.");

    /// <summary>Counts a picture.</summary>
    internal void Picture(int width, int height)
    {
        _pictures.Add(1);
        _pixels.Add((long)width * height);
    }

    /// <summary>Counts a lookup of a prepared style.</summary>
    internal void Lookup(bool isHit) => (isHit ? _hits : _misses).Add(1);

    /// <summary>Counts a request without a picture.</summary>
    internal void Failure(string reason) => _failures.Add(1, new KeyValuePair<string, object?>("error.type", reason));

    /// <summary>Runs a stage, in an activity and with a measurement.</summary>
    /// <param name="name">"decode", "prepare", "stylize" or "encode".</param>
    /// <param name="run">The stage.</param>
    internal T Stage<T>(string name, Func<T> run)
    {
        using Activity? activity = Source.StartActivity($"wct.{name}");
        long start = Stopwatch.GetTimestamp();
        try
        {
            return run();
        }
        catch (Exception error)
        {
            activity?.SetStatus(ActivityStatusCode.Error);
            activity?.SetTag("error.type", error.GetType().FullName);
            throw;
        }
        finally
        {
            _stages.Record(Stopwatch.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>("wct.stage", name));
        }
    }
}
