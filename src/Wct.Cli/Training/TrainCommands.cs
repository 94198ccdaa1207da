using System.CommandLine;

namespace Wct.Cli.Training;

/// <summary>The commands of <c>wct train</c>.</summary>
internal static class TrainCommands
{
    internal static void AddTo(Command train, CancellationToken cancellation)
    {
        train.Add(DecoderCommand.Create(cancellation));
        train.Add(EncoderCommand.Create(cancellation));
        train.Add(PackCommand.Create(cancellation));
    }
}
