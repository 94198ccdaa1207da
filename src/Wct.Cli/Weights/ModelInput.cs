using Wct.Net.Models;

namespace Wct.Cli.Weights;

/// <summary>The model that a command looks into.</summary>
internal static class ModelInput
{
    /// <summary>What a command says of the model where the user names none.</summary>
    internal const string BuiltIn = "the built-in model";

    /// <summary>What the user may say for it, where a file or folder is asked for. A file of that name is "./builtin".</summary>
    internal const string BuiltInName = "builtin";

    /// <summary>Reads a model. Reading can't be broken off; who gives up leaves it to itself, and it ends with the process.</summary>
    /// <param name="path">Null and "builtin" stand for the built-in model.</param>
    /// <exception cref="Failure">It can't be read; the message names the path.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    internal static WctModel Load(string? path, CancellationToken cancellation) =>
        Start(path).WaitAsync(cancellation).GetAwaiter().GetResult();

    /// <summary>The same at the side of other work.</summary>
    internal static Task<WctModel> Start(string? path) =>
        Background.Start(() => path is null or BuiltInName ? WctModel.LoadDefault() : FileErrors.Naming(path, () => WctModel.Load(path)));
}
