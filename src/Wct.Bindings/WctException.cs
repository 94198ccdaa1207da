using Wct.Bindings.Native;

namespace Wct.Bindings;

/// <summary>Thrown if a call to the library fails. The message is the library's.</summary>
/// <remarks>
/// If the framework has an exception with the same meaning, that one is thrown instead: <see cref="ArgumentException"/>,
/// <see cref="ObjectDisposedException"/>, <see cref="OperationCanceledException"/>, <see cref="IOException"/>.
/// </remarks>
public class WctException : Exception
{
    internal WctException(string message, Status status)
        : base(message) => Status = (int)status;

    /// <summary>The library's status: a WCT_ constant of <c>wct.h</c>.</summary>
    public int Status { get; }
}

/// <summary>Thrown if a file of weights, a style or a picture can't be used because it is damaged, truncated, refused, or in an unknown
/// format.</summary>
public sealed class WeightsFormatException : WctException
{
    internal WeightsFormatException(string message, Status status)
        : base(message, status)
    {
    }
}

/// <summary>Thrown if a style is used with other networks than those that measured it. Its numbers mean nothing to them.</summary>
public sealed class ModelMismatchException : ArgumentException
{
    internal ModelMismatchException(string message)
        : base(message)
    {
    }
}

/// <summary>Thrown if a requested device doesn't exist, or doesn't work.</summary>
public sealed class DeviceUnavailableException : WctException
{
    internal DeviceUnavailableException(string message, Status status)
        : base(message, status)
    {
    }
}
