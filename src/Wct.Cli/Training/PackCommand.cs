using System.CommandLine;
using Wct.Cli.Weights;
using Wct.Net.Models;
using Wct.Net.Weights;

namespace Wct.Cli.Training;

/// <summary><c>wct train pack</c>: merges models of single levels into one model, or replaces levels of a model.</summary>
internal static class PackCommand
{
    internal static Command Create(CancellationToken cancellationToken)
    {
        Argument<string[]> models = new("MODEL")
        {
            Description = "Model files, each level in one of them: what 'wct train decoder' made. With --replace: the model whose "
                + "decoders are replaced; "
                + "without it there, or with 'builtin': the built-in model.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<Replacement[]?> replace = new("--replace", "-r")
        {
            Description = "Take a level from another file in place of the model's own, its decoder with the encoder that it was trained "
                + "for: "
                + "3=d3.safetensors. May be given for several levels.",
            HelpName = "LEVEL=FILE",
            AllowMultipleArgumentsPerToken = false,
            CustomParser = Replacement.Parse("--replace"),
        };
        Option<string> output = ModelOutput.Option();
        Option<bool> force = ForceOption.Create();
        Option<bool> half = new("--half") { Description = "Store weights in half precision (F16)." };
        Option<string?> origin =
            new("--origin") { Description = "What the file says about where its weights come from.", HelpName = "TEXT" };
        Option<string?> license = new("--license") { Description = "What the file says about its license.", HelpName = "TEXT" };
        Command command = new("pack", "Make one model file of several; an encoder that they share is stored once.")
        {
            models, replace, output, force, half, origin, license,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(models) is not { Tokens.Count: > 0 } && result.GetResult(replace) is not { Tokens.Count: > 0 })
                result.AddError("Required argument 'MODEL' missing; with --replace the built-in model may be meant");
        });
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(output);
            string[] given = parsed.GetValue(models) is { Length: > 0 } some ? some : [ModelInput.BuiltInName];
            Replacement[] others = parsed.GetValue(replace) ?? [];
            if (!parsed.GetValue(force))
                new InputGuard([.. given, .. others.Select(other => other.Path)]).Check(path);
            ModelOutput.Check(path);
            WctModel[] parts = [.. given.Select(model => ModelInput.Load(model, cancellationToken))];
            IEnumerable<LevelModel> levels = Replaced(parts.SelectMany(part => part.Levels), others, given, cancellationToken);
            WctModel packed = Pack(levels, parsed.GetValue(origin) ?? parts[0].Origin, parsed.GetValue(license) ?? parts[0].License);
            ModelOutput.Write(packed, path, parsed.GetValue(half) ? ElementType.F16 : ElementType.F32);
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<LevelModel> Replaced(
        IEnumerable<LevelModel> levels, Replacement[] others, string[] given, CancellationToken cancellationToken)
    {
        List<LevelModel> result = [.. levels];
        foreach (Replacement other in others)
        {
            WctModel model = ModelInput.Load(other.Path, cancellationToken);
            LevelModel level = model.Levels.FirstOrDefault(candidate => candidate.Level == other.Level)
                ?? throw new Failure($"{other.Path}: has no decoder of level {other.Level}");
            if (result.RemoveAll(own => own.Level == other.Level) == 0)
                throw new Failure(
                    $"{string.Join(", ", given)}: has no level {other.Level} to replace; list {other.Path} as a MODEL to add it");
            result.Add(level);
        }

        if (result.GroupBy(level => level.Level).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new Failure(
                $"{string.Join(", ", given)}: level {twice.Key} is there twice; --replace {twice.Key}=FILE takes it from one of them");
        return result;
    }

    // Deepest level first, because shallower encoders may be the beginning of its encoder and then share it.
    private static WctModel Pack(IEnumerable<LevelModel> parts, string? origin, string? license)
    {
        List<LevelModel> levels = [];
        foreach (LevelModel level in parts.OrderByDescending(level => level.Level))
        {
            EncoderWeights own = level.Encoder.UpTo(level.Level);
            EncoderWeights shared = levels.Select(other => other.Encoder).FirstOrDefault(own.IsPrefixOf) ?? level.Encoder;
            levels.Add(new LevelModel(level.Level, shared, level.Decoder));
        }

        return new WctModel(levels, origin, license);
    }
}
