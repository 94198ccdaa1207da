using System.Text.RegularExpressions;
using Wct.PtxInterpreter.Decoding;
using Wct.PtxInterpreter.Execution;

namespace Wct.PtxInterpreter.Text;

/// <summary>Parses a module with one kernel. Unknown text is an error.</summary>
internal sealed partial class PtxParser
{
    private readonly List<(PtxStatement Statement, PtxScope Scope, int Index)> _branches = [];
    private readonly PtxKernel _kernel;
    private PtxScope _scope = new(null);

    private PtxParser(PtxKernel kernel) => _kernel = kernel;

    internal static PtxKernel Parse(string module)
    {
        string text = PtxReader.WithoutComments(module.TrimEnd('\0'));
        Match entry = Entry().Match(text);
        Match target = Target().Match(text);
        if (!entry.Success || !target.Success || entry.NextMatch().Success)
            throw new PtxException("The module has no target, or not exactly one kernel.");
        PtxKernel kernel = new(entry.Groups["name"].Value) { Target = int.Parse(target.Groups[1].Value) };
        if (MostThreads().Match(entry.Groups["limits"].Value) is { Success: true } most)
            kernel.MostThreads = int.Parse(most.Groups[1].Value);
        foreach (Match parameter in Variable().Matches(entry.Groups["parameters"].Value))
        {
            (int align, int bytes) = Size(parameter);
            kernel.AddParameter(parameter.Groups["name"].Value, align, bytes);
        }

        PtxParser parser = new(kernel);
        parser.Body(new PtxReader(text, entry.Index + entry.Length, text.LastIndexOf('}')));
        return kernel;
    }

    private void Body(PtxReader reader)
    {
        while (reader.Next() is var (piece, line))
        {
            if (piece == "{")
                _scope = new PtxScope(_scope);
            else if (piece == "}")
                _scope = _scope.Outer ?? throw new PtxException($"Line {line}: a brace too many.");
            else if (piece.EndsWith(':'))
                _scope.Label(piece.TrimEnd(':').TrimEnd(), _kernel.Code.Count);
            else if (piece.StartsWith('.'))
                Declare(piece, line);
            else
                Add(PtxStatement.Parse(piece, line));
        }

        if (_scope.Outer is not null)
            throw new PtxException($"{_kernel.Name}: a brace is not closed.");
        Add(PtxStatement.Parse("ret", 0));
        foreach ((PtxStatement statement, PtxScope scope, int index) in _branches)
        {
            int target = scope.FindLabel(statement.Operands[0]) ?? throw statement.Error("there is no such label.");
            _kernel.Code[index] = _kernel.Code[index] with { Target = target };
        }
    }

    private void Declare(string piece, int line)
    {
        if (piece.StartsWith(".shared") && Variable().Match(piece) is { Success: true } shared)
        {
            (int align, int bytes) = Size(shared);
            _kernel.AddShared(shared.Groups["name"].Value, align, bytes);
            return;
        }

        Match registers = Registers().Match(piece);
        if (!registers.Success)
            throw new PtxException($"Line {line}: the interpreter doesn't know '{piece}'.");
        PtxType type = PtxType.Get(registers.Groups["type"].Value);
        foreach (string name in registers.Groups["names"].Value.Split(',').Select(name => name.Trim()))
        {
            Match many = ManyRegisters().Match(name);
            if (!many.Success)
                _scope.Register(name, _kernel.NewRegister(type.Bytes, type.Kind));
            for (int i = 0; many.Success && i < int.Parse(many.Groups[2].Value); i++)
                _scope.Register($"{many.Groups[1].Value}{i}", _kernel.NewRegister(type.Bytes, type.Kind));
        }
    }

    private void Add(PtxStatement statement)
    {
        PtxOperands operands = new(_kernel, _scope, statement);
        PtxInstruction instruction = new(statement) { Predicate = operands.Predicate() };
        if (statement.Parts[0] == "bra")
        {
            statement.Expect(1);
            _branches.Add((statement, _scope, _kernel.Code.Count));
        }

        _kernel.Code.Add(
            instruction.Flow == PtxFlow.Straight ? instruction with { Run = PtxDecoder.Decode(statement, operands) } : instruction);
    }

    private static (int Align, int Bytes) Size(Match variable)
    {
        int element = PtxType.Get(variable.Groups["type"].Value).Bytes;
        int align = variable.Groups["align"].Success ? int.Parse(variable.Groups["align"].Value) : element;
        return (align, variable.Groups["count"].Success ? element * int.Parse(variable.Groups["count"].Value) : element);
    }

    [GeneratedRegex(@"\.entry\s+(?<name>\w+)\s*\((?<parameters>[^)]*)\)(?<limits>[^{]*)\{")]
    private static partial Regex Entry();

    [GeneratedRegex(@"\.target\s+sm_(\d+)")]
    private static partial Regex Target();

    [GeneratedRegex(@"\.maxntid\s+(\d+)")]
    private static partial Regex MostThreads();

    [GeneratedRegex(@"\.(?:param|shared)\s+(?:\.align\s+(?<align>\d+)\s+)?\.(?<type>\w+)\s+(?<name>[\w$]+)(?:\s*\[(?<count>\d+)\])?")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\.reg\s+\.(?<type>\w+)\s+(?<names>.+)$", RegexOptions.Singleline)]
    private static partial Regex Registers();

    [GeneratedRegex(@"^(%?\w+)<(\d+)>$")]
    private static partial Regex ManyRegisters();
}
