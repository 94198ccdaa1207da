using System.Globalization;
using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Decoding;

/// <summary>Resolves a statement's operands.</summary>
internal sealed class PtxOperands(PtxKernel kernel, PtxScope scope, PtxStatement statement)
{
    private static readonly string[] Specials =
    [
        "%tid.x", "%tid.y", "%tid.z", "%ntid.x", "%ntid.y", "%ntid.z", "%ctaid.x", "%ctaid.y", "%ctaid.z",
        "%nctaid.x", "%nctaid.y", "%nctaid.z", "%laneid",
    ];

    /// <summary>The compute capability that the kernel is compiled for.</summary>
    internal int Target => kernel.Target;

    internal PtxSlot? Predicate() => statement.Predicate is null ? null : Destination(statement.Predicate, PtxType.Get("pred"));

    /// <summary>Finds a register, a special register, a number, or the address of a shared variable.</summary>
    internal PtxSlot Source(int operand, PtxType type) => Source(statement.Operands[operand], type);

    internal PtxSlot Source(string operand, PtxType type) => Check(Find(operand, type), operand, type, exact: true);

    /// <summary>Like <see cref="Source(int, PtxType)"/>, for a register that may be larger than the type.</summary>
    internal PtxSlot WideSource(string operand, PtxType type) => Check(Find(operand, type), operand, type, exact: false);

    internal PtxSlot Destination(int operand, PtxType type) => Destination(statement.Operands[operand], type);

    internal PtxSlot Destination(string operand, PtxType type) => Check(Named(operand), operand, type, exact: true);

    internal PtxSlot WideDestination(string operand, PtxType type) => Check(Named(operand), operand, type, exact: false);

    /// <summary>Reads a constant number.</summary>
    internal int Number(int operand) => int.TryParse(statement.Operands[operand], CultureInfo.InvariantCulture, out int number)
        ? number : throw statement.Error($"{statement.Operands[operand]} is no number.");

    /// <summary>Splits "{a, b}" into its parts; "a" is one part.</summary>
    internal static string[] Vector(string operand) => operand.StartsWith('{') ? PtxStatement.Split(operand[1..^1]) : [operand];

    /// <summary>Reads an address: "[base]", "[base+offset]" or "[base+-offset]".</summary>
    internal (PtxSlot Base, int Offset) Address(int operand)
    {
        string text = statement.Operands[operand];
        if (!text.StartsWith('[') || !text.EndsWith(']'))
            throw statement.Error($"{text} is no address.");
        string[] terms = text[1..^1].Split('+', StringSplitOptions.TrimEntries);
        PtxSlot start = scope.FindRegister(terms[0]) ?? Find(terms[0], PtxType.Get("b64"));
        if (start is not { Bytes: 4 or 8, Kind: RegisterKind.Bits or RegisterKind.Integer } || terms.Length > 2)
            throw statement.Error($"{text} is no address.");
        return (start, terms.Length == 1 ? 0 : int.Parse(terms[1], CultureInfo.InvariantCulture));
    }

    private PtxSlot Named(string operand) => scope.FindRegister(operand) ?? throw statement.Error($"there is no register {operand}.");

    private PtxSlot Find(string operand, PtxType type)
    {
        if (scope.FindRegister(operand) is { } register)
            return register;
        if (Specials.Contains(operand))
            return kernel.Special(operand[1..]);
        if (kernel.Shared.TryGetValue(operand, out int address))
            return kernel.Constant((ulong)address, type.Bytes);
        if (kernel.Parameters.TryGetValue(operand, out (int Offset, int Bytes) parameter))
            return kernel.Constant((ulong)parameter.Offset, type.Bytes);
        return kernel.Constant(Literal(operand, type), type.Bytes);
    }

    private PtxSlot Check(PtxSlot slot, string operand, PtxType type, bool exact) => (exact ? slot.Fits(type) : slot.Holds(type))
        ? slot : throw statement.Error($"{operand} has {slot.Bytes} bytes of kind {slot.Kind}, which .{type.Name} doesn't take.");

    private ulong Literal(string text, PtxType type)
    {
        if (text.StartsWith("0f", StringComparison.OrdinalIgnoreCase) && type.Bytes == sizeof(float))
            return uint.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        if (text.StartsWith("0d", StringComparison.OrdinalIgnoreCase) && type.Bytes == sizeof(double))
            return ulong.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        string digits = text.TrimEnd('U');
        ulong bits;
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            bits = ulong.Parse(digits[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        else if (long.TryParse(digits, CultureInfo.InvariantCulture, out long number) && type.Kind != RegisterKind.Real)
            bits = (ulong)number;
        else
            throw statement.Error($"{text} is no register, and no number of .{type.Name}.");
        return type.Bytes == sizeof(ulong) ? bits : bits & ((1UL << (8 * type.Bytes)) - 1);
    }
}
