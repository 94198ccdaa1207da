namespace Wct.Native;

/// <summary>A handle that stands for nothing, or for something of another kind.</summary>
internal sealed class InvalidHandleException(string message) : Exception(message);
