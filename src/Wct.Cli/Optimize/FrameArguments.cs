using System.CommandLine;

namespace Wct.Cli.Optimize;

/// <summary>The files of an earlier frame of a video.</summary>
/// <param name="Result">Its result.</param>
/// <param name="Flow">The motion to it.</param>
/// <param name="ReverseFlow">The motion from it; null for none.</param>
internal sealed record FrameFiles(string Result, string Flow, string? ReverseFlow);

/// <summary>The earlier frames of a video, the nearest first.</summary>
/// <param name="Frames">Their files; may be empty.</param>
/// <param name="Weight">The weight of the temporal loss.</param>
internal sealed record FrameChoice(IReadOnlyList<FrameFiles> Frames, double Weight)
{
    /// <summary>All files.</summary>
    internal IEnumerable<string?> Files => Frames.SelectMany(frame => (string?[])[frame.Result, frame.Flow, frame.ReverseFlow]);
}

/// <summary>The options of <c>wct optimize</c> for frames of a video.</summary>
internal sealed class FrameArguments
{
    private const string PreviousName = "--previous";

    private readonly Option<string[]> _previous = Files(
        PreviousName, "The result of the video's previous frame. CONTENT becomes consistent with it. Give it again for older frames, the "
            + "nearest first.");

    private readonly Option<string[]> _flow = Files(
        "--flow", "The motion from CONTENT to the frame of --previous, a .flo file. Once per --previous, in their order.");

    private readonly Option<string[]> _reverse = Files(
        "--reverse-flow", "The motion from the frame of --previous to CONTENT, a .flo file. It finds what that frame doesn't show. Once "
            + "per --previous, or never.");

    private readonly Option<double> _weight = NumberOption.Real(
        "--temporal-weight", "Weight of the distance from the result of --previous: more is more consistent.", 0, 1e12,
        Defaults.TemporalWeight);

    /// <summary>All options.</summary>
    internal IReadOnlyList<Option> All => [_previous, _flow, _reverse, _weight];

    /// <summary>Reads the options' values.</summary>
    /// <exception cref="UsageError">Options don't fit together.</exception>
    internal FrameChoice Read(ParseResult parsed)
    {
        string[] results = OptimizerArguments.Given(parsed, _previous), flows = OptimizerArguments.Given(parsed, _flow),
            reverse = OptimizerArguments.Given(parsed, _reverse);
        if (results.Length == 0)
        {
            if (All.FirstOrDefault(option => OptimizerArguments.Has(parsed, option)) is { } other)
                throw new UsageError($"{other.Name} is for {PreviousName}, which is missing");
            return new FrameChoice([], 0);
        }

        OptimizerArguments.CheckCount(_flow.Name, flows.Length, PreviousName, results.Length);
        if (reverse.Length > 0)
            OptimizerArguments.CheckCount(_reverse.Name, reverse.Length, PreviousName, results.Length);
        FrameFiles[] frames =
            [.. results.Select((result, i) => new FrameFiles(result, flows[i], reverse.Length > 0 ? reverse[i] : null))];
        return new FrameChoice(frames, parsed.GetValue(_weight));
    }

    private static Option<string[]> Files(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "FILE",
        CustomParser = Values.Texts(name),
    };
}
