namespace Wct.Net;

/// <summary>An asynchronous call was refused, because as many calls wait as <see cref="LoadOptions.MaxQueue"/> allows.</summary>
public sealed class QueueFullException : InvalidOperationException
{
    internal QueueFullException(int waiting, int limit)
        : base($"The queue is full: {waiting} of {limit} calls wait (LoadOptions.MaxQueue). Try again later.") =>
        (Waiting, Limit) = (waiting, limit);

    /// <summary>The number of calls that waited.</summary>
    public int Waiting { get; }

    /// <summary>The value of <see cref="LoadOptions.MaxQueue"/>.</summary>
    public int Limit { get; }
}
