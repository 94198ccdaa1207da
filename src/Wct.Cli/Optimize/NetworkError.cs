namespace Wct.Cli.Optimize;

/// <summary>Adds the loss network's file to the library's error about a tap that the network lacks.</summary>
internal static class NetworkError
{
    /// <summary>The message with the file if it is that error, and the same message if it is another one.</summary>
    /// <param name="network">The network's file or folder.</param>
    /// <param name="problem">A message of the library.</param>
    internal static string Naming(string network, string problem) => problem.StartsWith("The loss '", StringComparison.Ordinal)
        && problem.Contains("; the network has", StringComparison.Ordinal) ? $"{network}: {problem}" : problem;
}
