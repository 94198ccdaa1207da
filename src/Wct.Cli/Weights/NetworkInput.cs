using Wct.Net.Models;

namespace Wct.Cli.Weights;

/// <summary>Reads feed-forward networks for commands that also take models.</summary>
internal static class NetworkInput
{
    /// <summary>Reads the network of a path; null if the path is not a file with a network.</summary>
    /// <exception cref="Failure">The file can't be read; the message names it.</exception>
    internal static StyleNetworkModel? Find(string? path) =>
        path is not null && File.Exists(path) && FileErrors.Naming(path, () => StyleNetworkModel.IsNetwork(path))
            ? FileErrors.Naming(path, () => StyleNetworkModel.Load(path)) : null;
}
