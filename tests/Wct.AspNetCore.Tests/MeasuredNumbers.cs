using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Wct.AspNetCore.Tests;

/// <summary>Records the measurements of all meters named "Wct". Servers of other tests have meters of their own.</summary>
internal sealed class MeasuredNumbers : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(Instrument Instrument, double Value, KeyValuePair<string, object?>[] Tags)> _all = new();

    internal MeasuredNumbers()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Wct")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _all.Enqueue((instrument, value, tags.ToArray())));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => _all.Enqueue((instrument, value, tags.ToArray())));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _all.Enqueue((instrument, value, tags.ToArray())));
        _listener.Start();
    }

    internal int Sum(TestServer server, string name) => (int)Of(server, name).Sum(one => one.Value);

    /// <summary>The measurements of an instrument of a server.</summary>
    internal IEnumerable<(Instrument Instrument, double Value, KeyValuePair<string, object?>[] Tags)> Of(TestServer server, string name)
    {
        object scope = server.App.Services.GetRequiredService<IMeterFactory>();
        return _all.Where(one => one.Instrument.Name == name && one.Instrument.Meter.Scope == scope);
    }

    /// <summary>Asks observable instruments for their values.</summary>
    internal void Observe() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();
}
