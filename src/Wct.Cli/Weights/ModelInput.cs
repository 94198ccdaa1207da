using Wct.Net.Models;

namespace Wct.Cli.Weights;

/// <summary>The model that a command looks into.</summary>
internal static class ModelInput
{
    /// <summary>Reads a model. Reading can't be broken off; who gives up leaves it to itself, and it ends with the process.</summary>
    /// <exception cref="Failure">It can't be read; the message names the path.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static WctModel Load(string path, CancellationToken cancellation) =>
        Task.Run(() => FileErrors.Naming(path, () => WctModel.Load(path)), CancellationToken.None).WaitAsync(cancellation).GetAwaiter().GetResult();
}
