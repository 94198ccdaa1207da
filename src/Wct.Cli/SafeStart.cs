namespace Wct.Cli;

/// <summary>What stands around the whole tool: whatever the process was started with, it ends with an exit code of its own and at most one
/// line.</summary>
internal static class SafeStart
{
    /// <summary>Runs the tool.</summary>
    internal static int Run(string[] arguments)
    {
        try
        {
            StandardStreams streams = StandardStreams.Guard();
            int code = CommandLine.Run(arguments);
            Console.Out.Flush();
            // What a command prints is all that some commands do.
            if (code != ExitCode.Done || streams.OutputProblem is not { } problem || MakesFiles(arguments))
                return code;
            Console.Error.WriteLine(ErrorLine.Of($"standard output can't be written: {problem}"));
        }
        catch (Exception error)
        {
            // Before the command began: threads, signals or memory were not to be had.
            Console.Error.WriteLine(ErrorLine.Of(error));
        }

        return ExitCode.Failed;
    }

    private static bool MakesFiles(string[] arguments) =>
        arguments is ["stylize" or "train", ..] or ["weights", "import" or "export" or "random", ..];
}
