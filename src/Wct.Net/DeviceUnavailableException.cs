namespace Wct.Net;

/// <summary>The requested device does not exist or does not work.</summary>
public sealed class DeviceUnavailableException : Exception
{
    internal DeviceUnavailableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
