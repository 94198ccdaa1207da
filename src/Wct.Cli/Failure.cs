namespace Wct.Cli;

/// <summary>Something that the user can understand went wrong: the message is for them, one line that begins with what it is
/// about.</summary>
internal sealed class Failure(string message, Exception? inner = null) : Exception(message, inner);
