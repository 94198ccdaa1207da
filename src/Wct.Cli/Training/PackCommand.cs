using System.CommandLine;
using Wct.Cli.Weights;
using Wct.Net.Models;
using Wct.Net.Weights;

namespace Wct.Cli.Training;

/// <summary><c>wct train pack</c>: models of one level each become one model.</summary>
internal static class PackCommand
{
    internal static Command Create(CancellationToken cancellation)
    {
        Argument<string[]> models = new("MODEL") { Description = "Model files, each level in one of them: what 'wct train decoder' made.", Arity = ArgumentArity.OneOrMore };
        Option<string> output = ModelOutput.Option();
        Option<bool> half = new("--half") { Description = "Store weights in half precision (F16)." };
        Option<string?> origin = new("--origin") { Description = "What the file says about where its weights come from.", HelpName = "TEXT" };
        Option<string?> licence = new("--licence") { Description = "What the file says about its licence.", HelpName = "TEXT" };
        Command command = new("pack", "Make one model file of several; an encoder that they share is stored once.") { models, output, half, origin, licence };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(output);
            ModelOutput.Check(path);
            WctModel[] parts = [.. parsed.GetRequiredValue(models).Select(model => ModelInput.Load(model, cancellation))];
            WctModel packed = Pack(parts, parsed.GetValue(origin), parsed.GetValue(licence));
            ModelOutput.Write(packed, path, parsed.GetValue(half) ? ElementType.F16 : ElementType.F32);
            return ExitCode.Done;
        });
        return command;
    }

    // The deepest level's first: shallower encoders may be its beginning.
    private static WctModel Pack(WctModel[] parts, string? origin, string? licence)
    {
        List<LevelModel> levels = [];
        foreach (LevelModel level in parts.SelectMany(part => part.Levels).OrderByDescending(level => level.Level))
        {
            EncoderWeights own = level.Encoder.UpTo(level.Level);
            EncoderWeights shared = levels.Select(other => other.Encoder).FirstOrDefault(own.IsPrefixOf) ?? level.Encoder;
            levels.Add(new LevelModel(level.Level, shared, level.Decoder));
        }

        return new WctModel(levels, origin ?? parts[0].Origin, licence ?? parts[0].Licence);
    }
}
