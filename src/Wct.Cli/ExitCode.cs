namespace Wct.Cli;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCode
{
    internal const int Done = 0;

    /// <summary>The arguments were valid, but the command failed.</summary>
    internal const int Failed = 1;

    /// <summary>The arguments were invalid.</summary>
    internal const int WrongUsage = 2;

    /// <summary>128 plus the number of SIGINT, the convention of shells.</summary>
    internal const int Interrupted = 130;
}
