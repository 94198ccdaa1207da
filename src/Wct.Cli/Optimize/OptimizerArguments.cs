using System.CommandLine;
using Wct.Cli.Stylize;
using Wct.Cli.Training;
using Wct.Cli.Weights;
using Wct.Imaging;
using Wct.Imaging.Magick;
using Wct.Net;
using Wct.Training;
using Wct.Training.Losses;

namespace Wct.Cli.Optimize;

/// <summary>The options that the commands for optimizing pixels share.</summary>
/// <param name="steps">The default number of steps.</param>
/// <param name="variation">The default weight of the total variation.</param>
internal sealed class OptimizerArguments(int steps, double variation)
{
    private const int MostSteps = 1_000_000, MostSizes = 12, MostThreads = 1024, LongestSide = 1 << 20;

    private readonly Option<string> _network = new("--network", "-n")
    {
        Description = $"The network whose features are compared, for instance a VGG-19: {EncoderInput.Help}.",
        HelpName = "PATH",
        DefaultValueFactory = _ => ModelInput.BuiltInName,
        CustomParser = Values.Path("--network"),
    };

    private readonly Option<string?> _pool = LossOptions.Pool();

    private readonly Option<long> _steps = NumberOption.Whole("--steps", "Steps at each size.", 1, MostSteps, steps);

    private readonly Option<string> _method = new("--optimizer")
    {
        Description = "lbfgs (fewer steps) or adam (less memory).",
        HelpName = "lbfgs|adam",
        DefaultValueFactory = _ => "lbfgs",
        CustomParser = Values.OneOf("--optimizer", ["lbfgs", "adam"]),
    };

    private readonly Option<double> _rate = NumberOption.Real(
        "--lr", "Adam's learning rate: about the change of a color, in 0..1, per step.", 1e-6, 1, new PixelOptimizerOptions().Rate);

    private readonly Option<long> _pyramid = NumberOption.Whole(
        "--pyramid", "Number of sizes, coarse to fine; each has half the sides of the next. More give larger structures.", 1, MostSizes, 1);

    private readonly Option<double> _variation = LossOptions.Variation(variation);

    private readonly Option<string?> _saveSteps = new("--save-steps")
    {
        Description = "Write intermediate pictures into this folder, which is made if it is not there: step000050.png and so on.",
        HelpName = "FOLDER",
        CustomParser = Values.Path("--save-steps"),
    };

    private readonly Option<long> _saveEvery = NumberOption.Whole(
        "--save-every", "Steps from one picture of --save-steps to the next.", 1, MostSteps, new PixelOptimizerOptions().PictureEvery);

    private readonly Option<string?> _checkpoint = new("--checkpoint", "-c")
    {
        Description = "File for the state of the run, by convention .safetensors. It is written every 50 steps and when the run is "
            + "interrupted.",
        HelpName = "FILE",
        CustomParser = Values.Path("--checkpoint"),
    };

    private readonly Option<bool> _resume = new("--resume")
    {
        Description = "Go on from --checkpoint, if it is there; all options that decide the result must be as they were.",
    };

    private readonly Option<long> _quality = new("--quality")
    {
        Description = $"Quality of a JPEG, WebP, AVIF or JPEG XL result, 1 to 100. Without it: {new JpegWriteOptions().Quality} for JPEG, "
            + $"{new WebPWriteOptions().Quality} for WebP, {new AvifWriteOptions().Quality} for AVIF, {new JpegXlWriteOptions().Quality} "
            + "for JPEG XL.",
        HelpName = "1..100",
        CustomParser = Values.Whole("--quality", 1, 100),
    };

    private readonly Option<long> _pixels = NumberOption.Whole(
        "--max-pixels", "Pictures with more pixels than this are refused, before memory is taken for them.", 1, long.MaxValue,
        new ImageReadOptions().MaxPixels);

    private readonly Option<long> _threads = NumberOption.Whole(
        "--threads", "Threads to compute with; 0 takes one per processor. The result is the same with any number.", 0, MostThreads, 0);

    private readonly Option<bool> _force = ForceOption.Create();
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print nothing but errors." };

    /// <summary>The option to resize the content.</summary>
    internal Option<long> ContentSize { get; } = new("--size")
    {
        Description = "Resize the content so that its shorter side has this many pixels, its proportions kept. Without it: its own size.",
        HelpName = "PIXELS",
        CustomParser = Values.Whole("--size", 1, LongestSide),
    };

    /// <summary>The option to resize styles.</summary>
    internal Option<long> StyleSize { get; } = LossOptions.StyleSize();

    /// <summary>The option for the style's taps.</summary>
    internal Option<IReadOnlyList<TapWeight>?> StyleTaps { get; } = LossOptions.StyleTaps();

    /// <summary>The options that only optimization has.</summary>
    internal IReadOnlyList<Option> Own =>
        [_network, _pool, _steps, _method, _rate, _pyramid, _variation, _saveSteps, _saveEvery, _checkpoint, _resume];

    /// <summary>The options that other commands have too.</summary>
    internal IReadOnlyList<Option> Common => [_quality, _pixels, _threads, _force, _quiet];

    /// <summary>Reads the options' values.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="output">The result's file.</param>
    /// <exception cref="UsageError">Options don't fit together, or the result's file has a wrong name.</exception>
    internal OptimizerRequest Read(ParseResult parsed, string output)
    {
        if (OutputFile.Problem(output, many: false) is { } problem)
            throw new UsageError(problem);
        bool isAdam = parsed.GetValue(_method) == "adam";
        if (Has(parsed, _rate) && !isAdam)
            throw new UsageError("--lr is for --optimizer adam; L-BFGS finds its own step lengths");
        string? checkpoint = parsed.GetValue(_checkpoint);
        if (parsed.GetValue(_resume) && checkpoint is null)
            throw new UsageError("--resume goes on from --checkpoint, which is missing");
        if (Has(parsed, _saveEvery) && parsed.GetValue(_saveSteps) is null)
            throw new UsageError("--save-every is for --save-steps, which is missing");
        string network = parsed.GetRequiredValue(_network);
        return new OptimizerRequest
        {
            Network = network,
            Options = new PixelOptimizerOptions
            {
                Steps = (int)parsed.GetValue(_steps),
                Pooling = LossOptions.PoolingOf(parsed.GetValue(_pool), network),
                Method = isAdam ? PixelMethod.Adam : PixelMethod.Lbfgs,
                Rate = parsed.GetValue(_rate),
                Pyramid = (int)parsed.GetValue(_pyramid),
                PictureEvery = (int)parsed.GetValue(_saveEvery),
                Checkpoint = checkpoint,
                Resume = parsed.GetValue(_resume),
                Threads = (int)parsed.GetValue(_threads),
            },
            VariationWeight = parsed.GetValue(_variation),
            StyleTaps = parsed.GetValue(StyleTaps),
            SaveSteps = parsed.GetValue(_saveSteps),
            ContentSide = (int)parsed.GetValue(ContentSize),
            StyleSide = (int)parsed.GetValue(StyleSize),
            Output = output,
            Quality = (int)parsed.GetValue(_quality),
            MaxPixels = parsed.GetValue(_pixels),
            Force = parsed.GetValue(_force),
            Quiet = parsed.GetValue(_quiet),
        };
    }

    /// <summary>The start that a text names: "content", "noise", "previous" or a picture's file.</summary>
    internal static PixelStart Start(
        string text, ulong seed, IReadOnlyList<EarlierFrame> frames, Func<string, PixelImage> read) => text switch
        {
            "content" => PixelStart.Content,
            "noise" => PixelStart.Noise(seed),
            "previous" => PixelStart.Warped(frames),
            _ => PixelStart.From(read(text)),
        };

    /// <summary>Checks that an option is given once for each of something.</summary>
    /// <exception cref="UsageError">It isn't.</exception>
    internal static void CheckCount(string option, int given, string of, int count)
    {
        if (given == count)
            return;
        string times = given switch { 0 => "missing", 1 => "given once", _ => $"given {given} times" };
        throw new UsageError($"{option} is {times} for {count} {of}{(count == 1 || of[0] == '-' ? "" : "s")}; give it once per {of}");
    }

    /// <summary>The texts that an option was given; empty if it wasn't.</summary>
    internal static string[] Given(ParseResult parsed, Option<string[]> option) =>
        Has(parsed, option) ? parsed.GetValue(option) ?? [] : [];

    /// <summary>Whether an option is given.</summary>
    internal static bool Has(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
