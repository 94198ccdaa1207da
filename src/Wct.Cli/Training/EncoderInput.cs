using Wct.Cli.Weights;
using Wct.Net.Models;
using Wct.Net.Weights;

namespace Wct.Cli.Training;

/// <summary>The encoders that commands read: an encoder's file, a model, a folder of networks, or the word that stands for the built-in
/// model.</summary>
internal static class EncoderInput
{
    /// <summary>What options say of it.</summary>
    internal const string Help = "an encoder's file, a model file, a folder of published networks, or 'builtin'";

    /// <summary>The deepest encoder of a path. Reading can't be broken off; who gives up leaves it to itself, and it ends with the
    /// process.</summary>
    /// <exception cref="Failure">It can't be read; the message names the path.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    internal static EncoderWeights Load(string path, CancellationToken cancellation) =>
        Aside(path, () => path == ModelInput.BuiltInName ? WctModel.LoadDefault().Levels[0].Encoder : EncoderFile.Load(path), cancellation);

    /// <summary>The encoder that a level's decoder belongs to: published compact networks have one per level.</summary>
    /// <exception cref="Failure">It can't be read; the message names the path.</exception>
    /// <exception cref="OperationCanceledException">Canceled.</exception>
    internal static EncoderWeights ForLevel(string path, int level, CancellationToken cancellation)
    {
        if (path == ModelInput.BuiltInName || !Directory.Exists(path))
            return Load(path, cancellation);
        return Aside(path, () => Directory.GetFiles(path, "encoder*.safetensors").Length == 0
            ? WctModel.Load(path).Levels.FirstOrDefault(candidate => candidate.Level == level)?.Encoder ?? EncoderFile.Load(path)
            : EncoderFile.Load(path), cancellation);
    }

    /// <summary>What else stands in such files.</summary>
    internal static T Aside<T>(string path, Func<T> read, CancellationToken cancellation) =>
        Task.Run(() => FileErrors.Naming(path, read), CancellationToken.None).WaitAsync(cancellation).GetAwaiter().GetResult();
}
