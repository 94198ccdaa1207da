using Wct.Cli.Weights;
using Wct.Net.Models;
using Wct.Net.Weights;

namespace Wct.Cli.Training;

/// <summary>Reads encoders for commands: from an encoder's file, a model file, a folder of networks, or the built-in model.</summary>
internal static class EncoderInput
{
    /// <summary>Describes the valid values in the help text.</summary>
    internal const string Help = "an encoder's file, a model file, a folder of published networks, or 'builtin'";

    /// <summary>Reads the deepest encoder of a path. Reading can't be interrupted: if it is canceled, it continues in the background until
    /// the process ends.</summary>
    /// <exception cref="Failure">The path can't be read; the message names it.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    internal static EncoderWeights Load(string path, CancellationToken cancellationToken) =>
        ReadInBackground(
            path, () => path == ModelInput.BuiltInName ? WctModel.LoadDefault().Levels[0].Encoder : EncoderFile.Load(path),
            cancellationToken);

    /// <summary>Reads the encoder that a level's decoder belongs to. Published compact networks have one encoder per level.</summary>
    /// <exception cref="Failure">The path can't be read; the message names it.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    internal static EncoderWeights ForLevel(string path, int level, CancellationToken cancellationToken)
    {
        if (path == ModelInput.BuiltInName || !Directory.Exists(path))
            return Load(path, cancellationToken);
        return ReadInBackground(path, () => Directory.GetFiles(path, "encoder*.safetensors").Length == 0
            ? WctModel.Load(path).Levels.FirstOrDefault(candidate => candidate.Level == level)?.Encoder ?? EncoderFile.Load(path)
            : EncoderFile.Load(path), cancellationToken);
    }

    /// <summary>Reads something on another thread, so that waiting for it can be canceled.</summary>
    internal static T ReadInBackground<T>(string path, Func<T> read, CancellationToken cancellationToken) =>
        Task.Run(() => FileErrors.Naming(path, read), CancellationToken.None).WaitAsync(cancellationToken).GetAwaiter().GetResult();
}
