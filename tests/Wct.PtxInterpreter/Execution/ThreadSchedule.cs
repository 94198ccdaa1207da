using Wct.PtxInterpreter.Text;

namespace Wct.PtxInterpreter.Execution;

/// <summary>Runs a thread block's threads through a kernel.</summary>
/// <remarks>
/// Of all threads that can run, those at the smallest position in the code run together until they reach other threads. In this way threads
/// that a branch separated meet again, and a warp is complete at instructions for whole warps. A GPU guarantees this only within a warp.
/// Therefore warps can also take turns, each running as far as possible, so that a missing barrier gives wrong results.
/// </remarks>
internal sealed unsafe class ThreadSchedule
{
    // Far more steps than any tested kernel takes.
    private const long MostSteps = 1L << 28;

    // The position of threads that have returned.
    private const int Gone = int.MaxValue;

    private readonly ThreadBlock _block;
    private readonly List<PtxInstruction> _code;
    private readonly int[] _at, _together, _chosen;
    private readonly bool[] _waits;
    private int _first, _end, _count, _others;
    private long _steps;

    internal ThreadSchedule(ThreadBlock block)
    {
        _block = block;
        _code = block.Kernel.Code;
        (_at, _together, _chosen) = (new int[block.Threads], new int[block.Threads], new int[block.Threads]);
        _waits = new bool[block.Threads];
    }

    internal void Run(ThreadOrder order)
    {
        Array.Clear(_at);
        Array.Clear(_waits);
        _steps = 0;
        int span = order == ThreadOrder.Together ? _at.Length : ThreadBlock.WarpSize, turns = (_at.Length + span - 1) / span;
        do
        {
            for (int turn = 0; turn < turns; turn++)
            {
                _first = span * (order == ThreadOrder.LastWarpFirst ? turns - 1 - turn : turn);
                _end = Math.Min(_first + span, _at.Length);
                Turn();
            }
        }
        while (Release());
    }

    // Runs until all threads wait at a barrier or have returned.
    private void Turn()
    {
        while (Gather(out int at))
        {
            do
            {
                _block.Current = _code[at];
                if (++_steps > MostSteps)
                    throw _block.Error("the thread block runs on and on.");
            }
            while (Step(ref at) && at < _others);
        }
    }

    // Chooses the threads with the smallest position, if any can run.
    private bool Gather(out int at)
    {
        at = Gone;
        for (int i = _first; i < _end; i++)
            at = _waits[i] ? at : Math.Min(at, _at[i]);
        _count = 0;
        _others = Gone;
        for (int i = _first; i < _end; i++)
        {
            if (_waits[i])
                continue;
            if (_at[i] == at)
                _together[_count++] = i;
            else
                _others = Math.Min(_others, _at[i]);
        }

        return at != Gone;
    }

    // Ends the wait when all remaining threads wait. They must wait at the same barrier.
    private bool Release()
    {
        int barrier = -1;
        for (int i = 0; i < _at.Length; i++)
        {
            if (!_waits[i])
                continue;
            if (barrier >= 0 && _at[i] != barrier)
                throw _block.Error($"thread {i} waits here while others wait in line {_code[barrier].Statement.Line}.", i);
            _block.Current = _code[_at[i]];
            barrier = _at[i];
        }

        for (int i = 0; i < _at.Length; i++)
        {
            _at[i] += _waits[i] ? 1 : 0;
            _waits[i] = false;
        }

        return barrier >= 0;
    }

    // Runs one instruction. Returns whether the threads stay together; if not, each has its own position.
    private bool Step(ref int at)
    {
        PtxInstruction instruction = _code[at];
        ReadOnlySpan<int> chosen = instruction.Predicate is { } predicate
            ? Choose(predicate, instruction.Statement.Negated) : _together.AsSpan(0, _count);
        int next = at + 1;
        switch (instruction.Flow)
        {
            case PtxFlow.Straight:
                if (chosen.Length > 0)
                    instruction.Run!(_block, chosen);
                break;
            case PtxFlow.Branch when chosen.Length == _count:
                next = instruction.Target;
                break;
            case PtxFlow.Branch or PtxFlow.Return when chosen.Length > 0:
                Place(_together.AsSpan(0, _count), next);
                Place(chosen, instruction.Flow == PtxFlow.Return ? Gone : instruction.Target);
                return false;
            case PtxFlow.Barrier:
                Place(chosen, at);
                foreach (int i in chosen)
                    _waits[i] = true;
                return false;
        }

        at = next;
        if (at >= _others)
            Place(_together.AsSpan(0, _count), at);
        return true;
    }

    private void Place(ReadOnlySpan<int> threads, int at)
    {
        foreach (int i in threads)
            _at[i] = at;
    }

    private ReadOnlySpan<int> Choose(PtxSlot predicate, bool negated)
    {
        byte* values = _block.Lanes<byte>(predicate);
        int count = 0;
        foreach (int i in _together.AsSpan(0, _count))
        {
            if (values[i] != 0 != negated)
                _chosen[count++] = i;
        }

        return _chosen.AsSpan(0, count);
    }
}
