namespace Wct.Net.Weights.Pickle;

/// <summary>What a pickle's names, calls and persistent identifiers mean; it decides what is allowed.</summary>
internal interface IPickleObjects
{
    /// <summary>The object behind a global name; refuses every name that weights don't need.</summary>
    object Resolve(string module, string name);

    /// <summary>The result of calling what <see cref="Resolve"/> gave.</summary>
    object? Call(object? callable, object?[] arguments);

    /// <summary>The object behind a persistent identifier.</summary>
    object Persistent(object? id);
}

/// <summary>Reads one pickle. It builds lists, tuples, dictionaries and plain values; it knows no classes and runs nothing.</summary>
/// <remarks>
/// Opcodes of protocols 1 to 5 as far as <c>torch.save</c> writes them, described in CPython's pickletools. Values: null, bool, long,
/// <see cref="Int128"/>, double, string, object?[] (tuple), <see cref="PickleList"/> (sets too),
/// <see cref="PickleDictionary"/>, <see cref="PickleBytes"/>.
/// Memory is bounded by the number of opcodes, each of which makes at most one small object.
/// </remarks>
internal sealed partial class PickleMachine(ByteCursor input, IPickleObjects objects)
{
    // A state dictionary of these networks takes about 2,000.
    private const int MostOpcodes = 1 << 20;
    private const int HighestProtocol = 5;

    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<int, object?> _memo = [];

    /// <summary>Runs to the STOP and gives the object that it leaves.</summary>
    /// <exception cref="WeightsFormatException">Truncated, inconsistent, or with an opcode or a name that weights don't need.</exception>
    internal object? Run()
    {
        for (int i = 0; i < MostOpcodes; i++)
        {
            Opcode opcode = (Opcode)input.ReadByte();
            if (opcode == Opcode.Stop)
                return Pop();
            Step(opcode);
        }

        throw input.Fail($"the pickle has more than {MostOpcodes} opcodes");
    }

    private void Step(Opcode opcode)
    {
        if (!Value(opcode) && !Collection(opcode) && !Memo(opcode))
            Object(opcode);
    }

    private bool Memo(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.BinPut: _memo[input.ReadByte()] = Top(); break;
            case Opcode.LongBinPut: _memo[input.ReadInt32()] = Top(); break;
            case Opcode.Memoize: _memo[_memo.Count] = Top(); break;
            case Opcode.BinGet: Push(Remembered(input.ReadByte())); break;
            case Opcode.LongBinGet: Push(Remembered(input.ReadInt32())); break;
            default: return false;
        }

        return true;
    }

    private void Object(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.Proto:
                int protocol = input.ReadByte();
                if (protocol > HighestProtocol)
                    throw input.Fail($"pickle protocol {protocol}; the highest known is {HighestProtocol}");
                break;
            case Opcode.Frame: _ = input.ReadInt64(); break;
            case Opcode.Global: Push(objects.Resolve(input.ReadLine(), input.ReadLine())); break;
            case Opcode.StackGlobal:
                string name = Pop<string>();
                Push(objects.Resolve(Pop<string>(), name));
                break;
            case Opcode.Inst:
                // Known only so that what it would have made is refused by name.
                _ = objects.Resolve(input.ReadLine(), input.ReadLine());
                throw input.Fail("the pickle opcode INST, which no weights need");
            case Opcode.Reduce:
                object?[] arguments = Pop<object?[]>();
                Push(objects.Call(Pop(), arguments));
                break;
            case Opcode.Build:
                // Attributes, such as a state dictionary's _metadata: of no use here, and only dictionaries can carry them.
                _ = Pop();
                _ = Top<PickleDictionary>();
                break;
            case Opcode.BinPersId: Push(objects.Persistent(Pop())); break;
            case Opcode.NextBuffer or Opcode.ReadOnlyBuffer:
                throw input.Fail("the pickle keeps data in buffers outside of the file");
            default: throw input.Fail($"the pickle opcode 0x{(int)opcode:X2}, which no weights need");
        }
    }

    private object? Remembered(int index) =>
        _memo.TryGetValue(index, out object? value) ? value : throw input.Fail($"the pickle asks for memo {index}, which was not stored");

    private void Push(object? value) => _stack.Add(value);

    private object? Top()
    {
        if (_stack.Count <= Floor)
            throw input.Fail("the pickle's stack is empty");
        return _stack[^1];
    }

    private object? Pop()
    {
        object? value = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private T Top<T>() => Cast<T>(Top());

    private T Pop<T>() => Cast<T>(Pop());

    private T Cast<T>(object? value) =>
        value is T right ? right : throw input.Fail(
            $"the pickle has {PickleText.Kind(value)} where {PickleText.Kind(typeof(T))} is needed");

    // What lies below the last mark is out of reach until the mark is gone.
    private int Floor => _marks.Count > 0 ? _marks.Peek() : 0;
}
