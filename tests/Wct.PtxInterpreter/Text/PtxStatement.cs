namespace Wct.PtxInterpreter.Text;

/// <summary>A statement, which ends with a semicolon.</summary>
/// <param name="Line">Line in the module, from 1.</param>
/// <param name="Text">The source, on one line.</param>
/// <param name="Predicate">The register of "@%p1" or "@!%p1".</param>
/// <param name="Negated">Whether the statement runs if the predicate is false.</param>
/// <param name="Opcode">The opcode, such as "add.s32".</param>
/// <param name="Operands">The operands; vectors and addresses have their brackets.</param>
internal sealed record PtxStatement(int Line, string Text, string? Predicate, bool Negated, string Opcode, string[] Operands)
{
    /// <summary>The parts of the opcode, such as "add" and "s32".</summary>
    internal string[] Parts { get; } = Opcode.Split('.');

    /// <summary>The type at the end of the opcode.</summary>
    internal PtxType Type => PtxType.Parse(Parts[^1], this);

    internal static PtxStatement Parse(string text, int line)
    {
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string rest = text;
        string? predicate = null;
        if (rest.StartsWith('@'))
            (predicate, rest) = Cut(rest[1..]);
        bool negated = predicate?.StartsWith('!') ?? false;
        (string opcode, string operands) = Cut(rest);
        return new PtxStatement(line, text, predicate?.TrimStart('!'), negated, opcode, Split(operands));
    }

    /// <summary>Splits at commas outside of brackets.</summary>
    internal static string[] Split(string operands)
    {
        List<string> parts = [];
        int depth = 0, start = 0;
        for (int i = 0; i <= operands.Length; i++)
        {
            if (i == operands.Length || (operands[i] == ',' && depth == 0))
            {
                parts.Add(operands[start..i].Trim());
                start = i + 1;
            }
            else
            {
                depth += operands[i] is '{' or '[' ? 1 : operands[i] is '}' or ']' ? -1 : 0;
            }
        }

        return parts is [""] ? [] : [.. parts];
    }

    internal PtxException Error(string what) => new($"Line {Line}, '{Text}': {what}");

    internal PtxException Unknown() => Error($"the interpreter doesn't know {Opcode}.");

    /// <summary>Throws if a modifier between the name and the type is not among <paramref name="modifiers"/>.</summary>
    internal void Allow(params ReadOnlySpan<string> modifiers)
    {
        foreach (string part in Parts.AsSpan(1, Parts.Length - 2))
        {
            if (!modifiers.Contains(part))
                throw Unknown();
        }
    }

    /// <summary>Throws if the number of operands is not <paramref name="operands"/>.</summary>
    internal void Expect(int operands)
    {
        if (Operands.Length != operands)
            throw Error($"it has {Operands.Length} operands, {Opcode} needs {operands}.");
    }

    private static (string Head, string Tail) Cut(string text)
    {
        int space = text.IndexOf(' ');
        return space < 0 ? (text, "") : (text[..space], text[(space + 1)..]);
    }
}
