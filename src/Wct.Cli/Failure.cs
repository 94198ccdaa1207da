namespace Wct.Cli;

/// <summary>An error that the user can understand. The message is one line that begins with the file or argument that it is
/// about.</summary>
internal sealed class Failure(string message, Exception? inner = null) : Exception(message, inner);
