namespace Wct.Net;

/// <summary>A device that was asked for by name isn't there, or doesn't work.</summary>
public sealed class DeviceUnavailableException : Exception
{
    internal DeviceUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
