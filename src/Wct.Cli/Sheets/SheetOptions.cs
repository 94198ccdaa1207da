using System.CommandLine;
using Wct.Cli.Stylize;

namespace Wct.Cli.Sheets;

/// <summary>Options of the commands that draw sheets of pictures.</summary>
/// <param name="name">What the default name of a result ends with.</param>
internal sealed class SheetOptions(string name)
{
    private const int LargestCell = 4096, LongestSide = 1 << 20;

    private readonly Option<string?> _output = OutputFile.Option(
        $"The sheet's file; the extension chooses the format. Without it: the content's name and \"-{name}.png\", in the current folder.");

    private readonly Option<long> _cell = NumberOption.Whole(
        "--cell", "Longer side of each picture on the sheet, in pixels.", 16, LargestCell, 256);

    private readonly Option<long> _size = new("--size")
    {
        Description = "Resize the content so that its shorter side has this many pixels, before it is stylized. Without it: its own size.",
        HelpName = "PIXELS",
        CustomParser = Values.Whole("--size", 1, LongestSide),
    };

    internal void AddTo(Command command)
    {
        command.Add(_output);
        command.Add(_cell);
        command.Add(_size);
    }

    /// <summary>The longer side of each picture.</summary>
    internal int CellSize(ParseResult parsed) => (int)parsed.GetValue(_cell);

    /// <summary>Puts the options' values into a request.</summary>
    internal StylizeRequest Read(ParseResult parsed, StylizeRequest request, string content)
    {
        string output = parsed.GetValue(_output) ?? $"{Path.GetFileNameWithoutExtension(content)}-{name}{OutputFile.Png}";
        if (OutputFile.Problem(output, many: false) is { } problem)
            throw new UsageError(problem);
        return request with { Content = content, Output = output, ContentSide = (int)parsed.GetValue(_size) };
    }
}
