using Wct.Bindings.Native;

namespace Wct.Bindings;

/// <summary>The library could not do what it was asked for; the message is the library's.</summary>
/// <remarks>
/// Where the framework has an exception of the same meaning, that one is thrown instead: <see cref="ArgumentException"/>,
/// <see cref="ObjectDisposedException"/>, <see cref="OperationCanceledException"/>, <see cref="IOException"/>.
/// </remarks>
public class WctException : Exception
{
    internal WctException(string message, Status status)
        : base(message) => Status = (int)status;

    /// <summary>The library's status: a WCT_ constant of <c>wct.h</c>.</summary>
    public int Status { get; }
}

/// <summary>A file holds no weights or no style that can be used: unknown, damaged, truncated, or refused.</summary>
public sealed class WeightsFormatException : WctException
{
    internal WeightsFormatException(string message, Status status)
        : base(message, status)
    {
    }
}

/// <summary>A style is to be used with other networks than those that measured it: its numbers mean nothing to them.</summary>
public sealed class ModelMismatchException : ArgumentException
{
    internal ModelMismatchException(string message)
        : base(message)
    {
    }
}

/// <summary>A device that was asked for by name isn't there, or doesn't work.</summary>
public sealed class DeviceUnavailableException : WctException
{
    internal DeviceUnavailableException(string message, Status status)
        : base(message, status)
    {
    }
}
