using System.CommandLine;

namespace Wct.Cli.Training;

/// <summary>The commands of <c>wct train</c>.</summary>
internal static class TrainCommands
{
    internal static void AddTo(Command train, CancellationToken cancellationToken)
    {
        train.Add(DecoderCommand.Create(cancellationToken));
        train.Add(EncoderCommand.Create(cancellationToken));
        train.Add(StyleNetworkCommand.Create(cancellationToken));
        train.Add(TextureNetworkCommand.Create(cancellationToken));
        train.Add(UpscaleNetworkCommand.Create(cancellationToken));
        train.Add(PackCommand.Create(cancellationToken));
    }
}
