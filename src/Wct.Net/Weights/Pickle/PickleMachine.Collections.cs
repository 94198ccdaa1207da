namespace Wct.Net.Weights.Pickle;

internal sealed partial class PickleMachine
{
    private bool Collection(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.Mark: _marks.Push(_stack.Count); break;
            case Opcode.Pop: _ = Pop(); break;
            case Opcode.PopMark: _ = PopToMark(); break;
            case Opcode.Dup: Push(Top()); break;
            case Opcode.EmptyTuple: Push(Array.Empty<object?>()); break;
            case Opcode.Tuple1: Push(PopLast(1)); break;
            case Opcode.Tuple2: Push(PopLast(2)); break;
            case Opcode.Tuple3: Push(PopLast(3)); break;
            case Opcode.Tuple: Push(PopToMark()); break;
            case Opcode.EmptyList or Opcode.EmptySet: Push(new PickleList()); break;
            case Opcode.List or Opcode.FrozenSet: Push(new PickleList(PopToMark())); break;
            case Opcode.Append:
                object? item = Pop();
                Top<PickleList>().Add(item);
                break;
            case Opcode.Appends or Opcode.AddItems:
                object?[] items = PopToMark();
                Top<PickleList>().AddRange(items);
                break;
            case Opcode.EmptyDict: Push(new PickleDictionary()); break;
            case Opcode.Dict:
                object?[] pairs = PopToMark();
                PickleDictionary made = new();
                SetItems(made, pairs);
                Push(made);
                break;
            case Opcode.SetItem:
                object?[] pair = PopLast(2);
                SetItems(Top<PickleDictionary>(), pair);
                break;
            case Opcode.SetItems:
                object?[] all = PopToMark();
                SetItems(Top<PickleDictionary>(), all);
                break;
            default: return false;
        }

        return true;
    }

    // State dictionaries have string keys. Entries with other keys, for example an optimizer's numbers, contain no weights and are dropped.
    private void SetItems(PickleDictionary dictionary, object?[] pairs)
    {
        if (pairs.Length % 2 != 0)
            throw input.Fail($"{pairs.Length} items do not make pairs of key and value");
        for (int i = 0; i < pairs.Length; i += 2)
        {
            if (pairs[i] is string key)
                dictionary[key] = pairs[i + 1];
        }
    }

    private object?[] PopToMark()
    {
        if (_marks.Count == 0)
            throw input.Fail("the pickle has no mark on its stack");
        int count = _stack.Count - Floor;
        object?[] items = PopLast(count);
        _ = _marks.Pop();
        return items;
    }

    private object?[] PopLast(int count)
    {
        if (_stack.Count - Floor < count)
            throw input.Fail($"the pickle's stack has {_stack.Count - Floor} items, {count} are needed");
        object?[] items = [.. _stack[^count..]];
        _stack.RemoveRange(_stack.Count - count, count);
        return items;
    }
}
