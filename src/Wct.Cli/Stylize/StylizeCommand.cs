using System.CommandLine;
using Wct.Imaging;
using Wct.Kernels;
using Wct.Net;
using Wct.Net.Models;

namespace Wct.Cli.Stylize;

/// <summary>The command line of <c>wct stylize</c>.</summary>
internal static class StylizeCommand
{
    // More than any machine has processors. Without the limit, a mistyped number could start millions of threads.
    private const int MostThreads = 1024;

    private const int LongestSide = 1 << 20;

    /// <summary>The help text of <c>--alpha</c>.</summary>
    internal const string StrengthHelp =
        "Strength of the style, from 0 (the photo as the networks give it back, a little softer) to 1 (full).";

    internal static Command Create(CancellationToken cancellationToken)
    {
        Argument<string> content = new("CONTENT")
        {
            Description = "The photo; or a folder of photos, or a quoted pattern: 'photos/*.jpg', 'photos/**/*.jpg' with the folders "
                + "below.",
            CustomParser = Values.Path("CONTENT"),
        };
        Argument<string> style = new("STYLE")
        {
            Description = "The painting; or a folder, or a quoted pattern: then every photo is painted in every style.",
            CustomParser = Values.Path("STYLE"),
        };
        Option<string?> output = new("--output", "-o")
        {
            Description = "The result's file; the extension chooses the format. An existing file is replaced, but no input (see --force). "
                + "Without it: the two "
                + "pictures' names, \"photo-painting.jpg\", in the current folder, in the content's format (PNG if it has alpha or the "
                + "format can't be "
                + "written). With folders and patterns: the folder for results of such names, which is made if it is not there.",
            HelpName = "FILE",
            CustomParser = Values.Path("--output"),
        };
        Option<bool> force = ForceOption.Create();
        Option<string?> weights = new("--weights", "-w")
        {
            Description = "The model: a .safetensors file made by 'wct weights import' or 'wct train pack', or a folder of published "
                + "networks. "
                + "Without it, or with 'builtin': the built-in model.",
            HelpName = "PATH",
            CustomParser = Values.Path("--weights"),
        };
        Option<double> alpha = new("--alpha", "-a")
        {
            Description = StrengthHelp,
            HelpName = "0..1",
            DefaultValueFactory = _ => StylizeOptions.DefaultStrength,
            CustomParser = Values.Real("--alpha", 0, 1),
        };
        Option<int[]?> levels = new("--levels", "-l")
        {
            Description = "Levels to run, in this order: 5 changes the largest structures, 1 the colors. Without it: all of the model, "
                + "deepest first (54321).",
            HelpName = "54321",
            CustomParser = Values.Digits("--levels", 1, Vgg19.DeepestLevel),
        };
        Option<long> size = Side("--size", "content", "");
        Option<long> styleSize = Side("--style-size", "style", " A smaller one gives finer strokes.");
        Option<long> quality = new("--jpeg-quality")
        {
            Description = "Quality of a JPEG result, 1 (smallest file) to 100 (best).",
            HelpName = "1..100",
            DefaultValueFactory = _ => new JpegWriteOptions().Quality,
            CustomParser = Values.Whole("--jpeg-quality", 1, 100),
        };
        Option<long> pixels = new("--max-pixels")
        {
            Description = "Pictures with more pixels than this are refused, before memory is taken for them.",
            HelpName = "N",
            DefaultValueFactory = _ => new ImageReadOptions().MaxPixels,
            CustomParser = Values.Whole("--max-pixels", 1, long.MaxValue),
        };
        Option<long?> memory = new("--max-memory")
        {
            Description = "Memory that the program may take, in bytes or with K, M or G (thousands, millions, billions). Pictures that "
                + "need more are done "
                + "in tiles. Without it: 1400M, more where the picture is very large, less where the machine or a container has less.",
            HelpName = "BYTES",
            CustomParser = Values.Bytes("--max-memory"),
        };
        Option<DeviceChoice> device = new("--device", "-d")
        {
            Description = "What computes: auto (a GPU if one works, else the CPU), cpu, cuda, opencl; 'wct devices' lists them.",
            HelpName = "auto|cpu|cuda[:N]|opencl[:N]",
            DefaultValueFactory = _ => DeviceChoice.Auto,
            CustomParser = Values.Device("--device"),
        };
        Option<string> precision = new("--precision")
        {
            Description = "What convolutions may compute in: half and tf32 let the tensor cores of NVIDIA cards (compute capability 8.0 "
                + "and later) do wide layers, a "
                + "little less exactly; elsewhere they make no difference.",
            HelpName = "single|half|tf32",
            DefaultValueFactory = _ => "single",
            CustomParser = Values.OneOf("--precision", ["single", "half", "tf32"]),
        };
        Option<string> eigensolver = new("--eigensolver")
        {
            Description = "What finds the eigenvalues of covariances on the processor: builtin (the fastest), or mathnet "
                + "(MathNet.Numerics). Results are the "
                + "same up to rounding.",
            HelpName = $"{EigensolverChoice.BuiltIn}|{EigensolverChoice.MathNet}",
            DefaultValueFactory = _ => EigensolverChoice.BuiltIn,
            CustomParser = Values.OneOf("--eigensolver", [EigensolverChoice.BuiltIn, EigensolverChoice.MathNet]),
        };
        Option<long> threads = new("--threads", "-t")
        {
            Description = "Threads to compute with; 0 takes one per processor. The result is the same with any number.",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
            CustomParser = Values.Whole("--threads", 0, MostThreads),
        };
        Option<bool> strict = new(
            "--strict")
        { Description = "Refuse pictures that are damaged; without it, what can be seen of them is used, with a warning." };
        Option<bool> strip = new("--strip-metadata")
        {
            Description = "Leave the content's Exif data and color profile out of the result. Without it a PNG or JPEG result keeps them "
                + "(but for the "
                + "thumbnail), GPS position included.",
        };
        Option<bool> quiet = new("--quiet", "-q") { Description = "Print nothing but errors." };
        Command command = new(
            "stylize", "Paint CONTENT in the style of STYLE. Reads PNG, JPEG and Netpbm files; alpha of the content is kept in a PNG "
                + "result.")
        {
            content, style, output, force, weights, alpha, levels, size, styleSize, quality, pixels, memory, device, precision,
                eigensolver, threads, strict,
            strip, quiet,
        };
        command.Validators.Add(result =>
        {
            string Word(Argument<string> argument) => result.GetResult(argument) is { Tokens: [var word, ..] } ? word.Value : "";
            bool many = PictureList.IsMany(Word(content)) || PictureList.IsMany(Word(style));
            // A folder that does not exist would be taken for a picture, and the message would be about the folder of the results.
            string? missing = new[] { Word(content), Word(style) }.FirstOrDefault(
                word => word.Length > 0 && !Path.HasExtension(word) && !Path.Exists(word));
            if (!many && missing is not null)
                result.AddError($"{missing}: no such file or folder");
            else if (OutputFile.Problem(result.GetResult(output) is { Tokens: [var file, ..] } ? file.Value : "", many) is { } problem)
                result.AddError(problem);
        });
        command.SetAction(parsed => StylizeRun.Run(new StylizeRequest
        {
            Content = parsed.GetRequiredValue(content),
            Style = parsed.GetRequiredValue(style),
            Weights = parsed.GetValue(weights),
            Output = parsed.GetValue(output),
            IsMany = PictureList.IsMany(parsed.GetRequiredValue(content)) || PictureList.IsMany(parsed.GetRequiredValue(style)),
            Force = parsed.GetValue(force),
            Strength = parsed.GetValue(alpha),
            // If the option is absent, the parser returns an empty array and not null.
            Levels = parsed.GetValue(levels) is { Length: > 0 } given ? given : null,
            ContentSide = (int)parsed.GetValue(size),
            StyleSide = (int)parsed.GetValue(styleSize),
            Device = parsed.GetValue(device),
            Precision = Enum.Parse<ConvolutionPrecision>(parsed.GetValue(precision)!, ignoreCase: true),
            Eigensolver = parsed.GetValue(eigensolver)!,
            Threads = (int)parsed.GetValue(threads),
            JpegQuality = (int)parsed.GetValue(quality),
            MaxPixels = parsed.GetValue(pixels),
            MaxMemory = parsed.GetValue(memory),
            Strict = parsed.GetValue(strict),
            StripMetadata = parsed.GetValue(strip),
            Quiet = parsed.GetValue(quiet),
        }, cancellationToken));
        return command;
    }

    private static Option<long> Side(string name, string picture, string more) => new(name)
    {
        Description = $"Resize the {picture} so that its shorter side has this many pixels, its proportions kept.{more} Without it: its "
            + "own size.",
        HelpName = "PIXELS",
        CustomParser = Values.Whole(name, 1, LongestSide),
    };
}
