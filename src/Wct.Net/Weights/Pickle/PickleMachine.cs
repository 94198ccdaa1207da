namespace Wct.Net.Weights.Pickle;

/// <summary>Resolves a pickle's names, calls and persistent identifiers, and decides which are allowed.</summary>
internal interface IPickleObjects
{
    /// <summary>The object with a global name. Throws for every name that weights don't need.</summary>
    object Resolve(string module, string name);

    /// <summary>The result of calling an object that <see cref="Resolve"/> returned.</summary>
    object? Call(object? callable, object?[] arguments);

    /// <summary>The object with a persistent identifier.</summary>
    object Persistent(object? id);
}

/// <summary>Reads one pickle. It builds lists, tuples, dictionaries and plain values. It creates no instances of classes and executes no
/// code.</summary>
/// <remarks>
/// Supports the opcodes of protocols 1 to 5 that <c>torch.save</c> writes, as described in CPython's pickletools. Values are null, bool,
/// long, <see cref="Int128"/>, double, string, object?[] (tuple), <see cref="PickleList"/> (sets too), <see cref="PickleDictionary"/>,
/// <see cref="PickleBytes"/>. Memory is bounded by the number of opcodes, each of which makes at most one small object.
/// </remarks>
internal sealed partial class PickleMachine(ByteCursor input, IPickleObjects objects)
{
    // A state dictionary of these networks has about 2,000 opcodes.
    private const int MostOpcodes = 1 << 20;
    private const int HighestProtocol = 5;

    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = new();
    private readonly Dictionary<int, object?> _memo = [];

    /// <summary>Runs up to the STOP opcode and returns the object on top of the stack.</summary>
    /// <exception cref="WeightsFormatException">The pickle is truncated or inconsistent, or has an opcode or a name that weights don't
    /// need.</exception>
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
                // Decoded only so that the error message can name the class.
                _ = objects.Resolve(input.ReadLine(), input.ReadLine());
                throw input.Fail("the pickle opcode INST, which no weights need");
            case Opcode.Reduce:
                object?[] arguments = Pop<object?[]>();
                Push(objects.Call(Pop(), arguments));
                break;
            case Opcode.Build:
                // Sets attributes, for example a state dictionary's _metadata. They are dropped, and only dictionaries may have them.
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

    // Items below the last mark can't be accessed until the mark is removed.
    private int Floor => _marks.Count > 0 ? _marks.Peek() : 0;
}
