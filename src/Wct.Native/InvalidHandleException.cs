namespace Wct.Native;

/// <summary>Thrown if a handle doesn't exist, or is of another kind.</summary>
internal sealed class InvalidHandleException(string message) : Exception(message);
