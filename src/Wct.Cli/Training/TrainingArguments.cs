using System.CommandLine;
using Wct.Training;

namespace Wct.Cli.Training;

/// <summary>The options that all training commands share. Their defaults are the published settings.</summary>
/// <param name="steps">The default number of steps.</param>
/// <param name="batch">The default number of pictures per step.</param>
/// <param name="rate">The default learning rate.</param>
/// <param name="hasPictures">Whether the command trains with pictures; false if it trains with noise.</param>
internal sealed class TrainingArguments(long steps = 10000, long batch = 8, double rate = 1e-4, bool hasPictures = true)
{
    private const int MostThreads = 1024, LargestCrop = 4096;

    private readonly Option<string> _data = new("--data", "-d")
    {
        Description = "A folder of pictures; those in folders below it and behind links count as well, each once.",
        HelpName = "DIR",
        Required = true,
        CustomParser = Values.Path("--data"),
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The result, by convention .safetensors. An existing file is replaced, but no input (see --force).",
        HelpName = "FILE",
        Required = true,
        CustomParser = Values.Path("--output"),
    };

    private readonly Option<long> _steps = NumberOption.Whole(
        "--steps", "Steps in all.", 1, int.MaxValue, steps);
    private readonly Option<long> _batch = NumberOption.Whole(
        "--batch", hasPictures ? "Pictures per step." : "Textures per step.", 1, 4096, batch);
    private readonly Option<long> _crop = NumberOption.Whole(
        "--crop", hasPictures ? "Sides of the random crops, in pixels: a multiple of 16, or of less for shallow networks."
            : "Sides of the textures, in pixels: a multiple of 16.", 1, LargestCrop, 256);
    private readonly Option<long> _side = NumberOption.Whole(
        "--side", "Pixels that pictures' shorter sides are resized to before; 0: 256, or the crop where that is larger.", 0,
            LargestCrop, 0);
    private readonly Option<double> _rate = NumberOption.Real(
        "--lr", "Adam's learning rate.", 1e-12, 10, rate);

    private readonly Option<string> _schedule = new("--schedule")
    {
        Description = "Course of the learning rate: constant, or cosine (falls to zero at the last step).",
        HelpName = "constant|cosine",
        DefaultValueFactory = _ => "constant",
        CustomParser = Values.OneOf("--schedule", ["constant", "cosine"]),
    };

    private readonly Option<long> _warmUp = NumberOption.Whole(
        "--warm-up", "Steps over which the learning rate rises.", 0, int.MaxValue, 0);
    private readonly Option<double> _clip = NumberOption.Real(
        "--clip", "Gradients of a larger norm are scaled down to it; 0 leaves them.", 0, 1e9, 0);
    private readonly Option<long> _seed = NumberOption.Whole(
        "--seed", "Seed of the starting weights and the crops.", 0, int.MaxValue, 1);
    private readonly Option<long> _holdOut = NumberOption.Whole(
        "--hold-out", "Pictures that are not trained with; the same ones of the same folder every time.", 0, int.MaxValue, 0);
    private readonly Option<double> _minutes = NumberOption.Real(
        "--minutes", "End after this time, with a checkpoint and a result; 0: no limit.", 0, 1e6, 0);
    private readonly Option<long> _threads = NumberOption.Whole(
        "--threads", "Threads to compute with; 0 takes one per processor. The result is the same with any number.", 0, MostThreads, 0);
    private readonly Option<long> _checkpointEvery = NumberOption.Whole(
        "--checkpoint-every", "Steps from one checkpoint to the next.", 1, int.MaxValue, 200);
    private readonly Option<long> _sampleEvery = NumberOption.Whole(
        "--sample-every", "Steps from one plot of the losses and sheet of samples to the next.", 1, int.MaxValue, 1000);

    private readonly Option<string?> _folder = new("--checkpoint", "-c")
    {
        Description = "Folder for the checkpoint, losses.csv, losses.png and samples.png. Without it: the result's name with "
            + "\".training\".",
        HelpName = "DIR",
        CustomParser = Values.Path("--checkpoint"),
    };

    private readonly Option<bool> _force = ForceOption.Create();
    private readonly Option<bool> _resume =
        new("--resume")
        {
            Description = "Go on from the folder's checkpoint; all other options must be as they were. Deletes the "
            + "unfinished files of the run that was killed."
        };
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print nothing but errors and warnings." };

    /// <summary>Adds the options to a command.</summary>
    internal void AddTo(Command command)
    {
        foreach (Option option in (Option[])
            [
                .. hasPictures ? (Option[])[_data, _side, _holdOut] : [], _output, _steps, _batch, _crop, _rate, _schedule, _warmUp, _clip,
                _seed, _minutes, _threads, _folder, _checkpointEvery, _sampleEvery, _resume, _force, _quiet,
            ])
            command.Add(option);
    }

    /// <summary>Reads the options' values.</summary>
    internal TrainingRequest Read(ParseResult parsed) => new(
        hasPictures ? parsed.GetRequiredValue(_data) : null, parsed.GetRequiredValue(_output),
        hasPictures ? (int)parsed.GetValue(_holdOut) : 0, (int)parsed.GetValue(_threads), parsed.GetValue(_quiet),
        parsed.GetValue(_force), new TrainingOptions
        {
            Folder = parsed.GetValue(_folder) is { Length: > 0 } folder ? folder : parsed.GetRequiredValue(_output) + ".training",
            Steps = parsed.GetValue(_steps),
            Batch = (int)parsed.GetValue(_batch),
            Crop = (int)parsed.GetValue(_crop),
            Side = hasPictures ? (int)parsed.GetValue(_side) : 0,
            Rate = parsed.GetValue(_rate),
            Schedule = parsed.GetValue(_schedule) == "cosine" ? ScheduleKind.Cosine : ScheduleKind.Constant,
            WarmUp = parsed.GetValue(_warmUp),
            Clip = parsed.GetValue(_clip),
            Seed = parsed.GetValue(_seed),
            Limit = parsed.GetValue(_minutes) is > 0 and var minutes ? TimeSpan.FromMinutes(minutes) : null,
            CheckpointEvery = parsed.GetValue(_checkpointEvery),
            SampleEvery = parsed.GetValue(_sampleEvery),
            Resume = parsed.GetValue(_resume),
        });
}

/// <summary>The values of the options that all training commands share.</summary>
/// <param name="Data">The folder of pictures; null to train with noise.</param>
/// <param name="Output">The result's file.</param>
/// <param name="HoldOut">Number of pictures that are held out of the training.</param>
/// <param name="Threads">Number of threads; 0 for one per processor.</param>
/// <param name="Quiet">Whether to print only errors and warnings.</param>
/// <param name="Force">Whether the result may replace an input.</param>
/// <param name="Options">The options for the trainer.</param>
internal sealed record TrainingRequest(
    string? Data, string Output, int HoldOut, int Threads, bool Quiet, bool Force, TrainingOptions Options)
{
    /// <summary>Files and folders that the result must not replace.</summary>
    internal IReadOnlyList<string?> Inputs { get; init; } = [];

    /// <summary>All result files.</summary>
    internal IReadOnlyList<string> Outputs { get; init; } = [Output];
}
