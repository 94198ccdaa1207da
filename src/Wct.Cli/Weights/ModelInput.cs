using Wct.Net.Models;

namespace Wct.Cli.Weights;

/// <summary>Reads the model that a command uses.</summary>
internal static class ModelInput
{
    /// <summary>The name of the built-in model in messages.</summary>
    internal const string BuiltIn = "the built-in model";

    /// <summary>The value that selects the built-in model in place of a file or folder. A file with that name is "./builtin".</summary>
    internal const string BuiltInName = "builtin";

    /// <summary>Reads a model. Reading can't be interrupted: if it is canceled, it continues in the background until the process
    /// ends.</summary>
    /// <param name="path">The path; null or "builtin" for the built-in model.</param>
    /// <param name="cancellationToken">Ends the wait for the model.</param>
    /// <exception cref="Failure">The path can't be read; the message names it.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    internal static WctModel Load(string? path, CancellationToken cancellationToken) =>
        Start(path).WaitAsync(cancellationToken).GetAwaiter().GetResult();

    /// <summary>Starts reading a model in the background.</summary>
    internal static Task<WctModel> Start(string? path) =>
        Background.Start(() => path is null or BuiltInName ? WctModel.LoadDefault() : FileErrors.Naming(path, () => WctModel.Load(path)));
}
