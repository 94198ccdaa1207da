using System.CommandLine;
using Wct.Imaging;
using Wct.Imaging.Magick;
using Wct.Kernels;
using Wct.Net;

namespace Wct.Cli.Stylize;

/// <summary>Options of the commands that make pictures: the model, files, limits, and what computes.</summary>
/// <param name="hasMetadata">Whether the command's results can have metadata.</param>
/// <param name="hasFiles">Whether the command reads and writes picture files.</param>
/// <param name="hasModel">Whether the command uses a model for universal style transfer.</param>
internal sealed class MachineOptions(bool hasMetadata = true, bool hasFiles = true, bool hasModel = true)
{
    // More than any machine has processors. Without the limit, a mistyped number could start millions of threads.
    private const int MostThreads = 1024;

    private readonly Option<bool> _force = ForceOption.Create();

    private readonly Option<string?> _weights = new("--weights", "-w")
    {
        Description = "The model: a .safetensors file made by 'wct weights import' or 'wct train pack', or a folder of published "
            + "networks. Without it, or with 'builtin': the built-in model.",
        HelpName = "PATH",
        CustomParser = Values.Path("--weights"),
    };

    private readonly Option<long> _quality = new("--quality")
    {
        Description = "Quality of a JPEG, WebP, AVIF or JPEG XL result, 1 (smallest file) to 100 (best). Without it: "
            + $"{new JpegWriteOptions().Quality} for JPEG, {new WebPWriteOptions().Quality} for WebP, {new AvifWriteOptions().Quality} for "
            + $"AVIF, {new JpegXlWriteOptions().Quality} for JPEG XL.",
        HelpName = "1..100",
        CustomParser = Values.Whole("--quality", 1, 100),
    };

    private readonly Option<long> _pixels = new("--max-pixels")
    {
        Description = "Pictures with more pixels than this are refused, before memory is taken for them.",
        HelpName = "N",
        DefaultValueFactory = _ => new ImageReadOptions().MaxPixels,
        CustomParser = Values.Whole("--max-pixels", 1, long.MaxValue),
    };

    private readonly Option<long?> _memory = new("--max-memory")
    {
        Description = "Memory that the program may take, in bytes or with K, M or G (thousands, millions, billions). Pictures that need "
            + "more are done in tiles. Without it: 1400M, more where the picture is very large, less where the machine or a container "
            + "has less.",
        HelpName = "BYTES",
        CustomParser = Values.Bytes("--max-memory"),
    };

    private readonly Option<DeviceChoice> _device = new("--device", "-d")
    {
        Description = "What computes: auto (a GPU if one works, else the CPU), cpu, cuda, opencl; 'wct devices' lists them.",
        HelpName = "auto|cpu|cuda[:N]|opencl[:N]",
        DefaultValueFactory = _ => DeviceChoice.Auto,
        CustomParser = Values.Device("--device"),
    };

    private readonly Option<string> _precision = new("--precision")
    {
        Description = "What convolutions may compute in: half and tf32 let the tensor cores of NVIDIA cards (compute capability 8.0 and "
            + "later) do wide layers, a little less exactly; elsewhere they make no difference.",
        HelpName = "single|half|tf32",
        DefaultValueFactory = _ => "single",
        CustomParser = Values.OneOf("--precision", ["single", "half", "tf32"]),
    };

    private readonly Option<string> _eigensolver = new("--eigensolver")
    {
        Description = "What finds the eigenvalues of covariances on the processor: builtin (the fastest), or mathnet "
            + "(MathNet.Numerics). Results are the same up to rounding.",
        HelpName = $"{EigensolverChoice.BuiltIn}|{EigensolverChoice.MathNet}",
        DefaultValueFactory = _ => EigensolverChoice.BuiltIn,
        CustomParser = Values.OneOf("--eigensolver", [EigensolverChoice.BuiltIn, EigensolverChoice.MathNet]),
    };

    private readonly Option<long> _threads = new("--threads", "-t")
    {
        Description = "Threads to compute with; 0 takes one per processor. The result is the same with any number.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
        CustomParser = Values.Whole("--threads", 0, MostThreads),
    };

    private readonly Option<bool> _strict = new("--strict")
    {
        Description = "Refuse pictures that are damaged; without it, what can be seen of them is used, with a warning.",
    };

    private readonly Option<bool> _strip = new("--strip-metadata")
    {
        Description = "Leave the content's Exif data and color profile, and the recipe, out of the result. Without it a PNG or JPEG "
            + "result keeps the first two (but for the thumbnail), GPS position included, and a PNG result has its recipe.",
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Print nothing but errors." };

    /// <summary>Adds the options to a command.</summary>
    internal void AddTo(Command command)
    {
        foreach (Option option in (Option[])
        [
            .. hasFiles ? (Option[])[_force] : [], .. hasModel ? (Option[])[_weights] : [], .. hasFiles ? (Option[])[_quality] : [],
            _pixels, _memory, _device, _precision, .. hasModel ? (Option[])[_eigensolver] : [], _threads,
            .. hasFiles ? (Option[])[_strict] : [], .. hasMetadata ? (Option[])[_strip] : [], _quiet,
        ])
            command.Add(option);
    }

    /// <summary>Puts the options' values into a request.</summary>
    internal StylizeRequest Read(ParseResult parsed, StylizeRequest request) => request with
    {
        Weights = hasModel ? parsed.GetValue(_weights) ?? request.Recipe.Model : null,
        Force = parsed.GetValue(_force),
        Device = parsed.GetValue(_device),
        Precision = Enum.Parse<ConvolutionPrecision>(parsed.GetValue(_precision)!, ignoreCase: true),
        Eigensolver = hasModel ? parsed.GetValue(_eigensolver)! : EigensolverChoice.BuiltIn,
        Threads = (int)parsed.GetValue(_threads),
        Quality = (int)parsed.GetValue(_quality),
        MaxPixels = parsed.GetValue(_pixels),
        MaxMemory = parsed.GetValue(_memory),
        Strict = parsed.GetValue(_strict),
        StripMetadata = parsed.GetValue(_strip),
        Quiet = parsed.GetValue(_quiet),
    };
}
