namespace Wct.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    internal const int Done = 0;

    /// <summary>The arguments were fine, the work was not.</summary>
    internal const int Failed = 1;

    /// <summary>The arguments make no sense.</summary>
    internal const int WrongUsage = 2;

    /// <summary>128 and the number of SIGINT, as shells have it.</summary>
    internal const int Interrupted = 130;
}
