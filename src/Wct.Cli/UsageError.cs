namespace Wct.Cli;

/// <summary>A command line that parses but can't be used; the message says why, and the command's help is named after it.</summary>
internal sealed class UsageError(string message) : Exception(message);
