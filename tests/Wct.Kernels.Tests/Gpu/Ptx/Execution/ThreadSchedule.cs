using Wct.Kernels.Tests.Gpu.Ptx.Text;

namespace Wct.Kernels.Tests.Gpu.Ptx.Execution;

/// <summary>Leads a group's threads through a kernel.</summary>
/// <remarks>
/// Of all threads that can go on, those that stand furthest back in the code go together, until others stand where they come to: branches
/// that part threads so lead them together again, and a warp stands whole at what only whole warps may do. Cards promise no more than that
/// for a warp; so warps can go by turns too, each as far as it gets, and what lacks a barrier is computed wrongly.
/// </remarks>
internal sealed unsafe class ThreadSchedule
{
    // No kernel of the tests comes near it.
    private const long MostSteps = 1L << 28;

    // Where threads stand that have returned.
    private const int Gone = int.MaxValue;

    private readonly ThreadGroup _group;
    private readonly List<PtxInstruction> _code;
    private readonly int[] _at, _together, _chosen;
    private readonly bool[] _waits;
    private int _first, _end, _count, _others;
    private long _steps;

    internal ThreadSchedule(ThreadGroup group)
    {
        _group = group;
        _code = group.Kernel.Code;
        (_at, _together, _chosen, _waits) = (new int[group.Threads], new int[group.Threads], new int[group.Threads], new bool[group.Threads]);
    }

    internal void Run(ThreadOrder order)
    {
        Array.Clear(_at);
        Array.Clear(_waits);
        _steps = 0;
        int span = order == ThreadOrder.Together ? _at.Length : ThreadGroup.WarpSize, turns = (_at.Length + span - 1) / span;
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

    // Until all threads wait or have returned.
    private void Turn()
    {
        while (Gather(out int at))
        {
            do
            {
                _group.Current = _code[at];
                if (++_steps > MostSteps)
                    throw _group.Error("the group runs on and on.");
            }
            while (Step(ref at) && at < _others);
        }
    }

    // Chooses the threads furthest back, if any can go on.
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

    // All threads that are left wait: at one barrier, or for ever.
    private bool Release()
    {
        int barrier = -1;
        for (int i = 0; i < _at.Length; i++)
        {
            if (!_waits[i])
                continue;
            if (barrier >= 0 && _at[i] != barrier)
                throw _group.Error($"thread {i} waits here while others wait in line {_code[barrier].Statement.Line}.", i);
            _group.Current = _code[_at[i]];
            barrier = _at[i];
        }

        for (int i = 0; i < _at.Length; i++)
        {
            _at[i] += _waits[i] ? 1 : 0;
            _waits[i] = false;
        }

        return barrier >= 0;
    }

    // Whether the threads stay together; if not, each has its place.
    private bool Step(ref int at)
    {
        PtxInstruction instruction = _code[at];
        ReadOnlySpan<int> chosen = instruction.Predicate is { } predicate ? Choose(predicate, instruction.Statement.Negated) : _together.AsSpan(0, _count);
        int next = at + 1;
        switch (instruction.Flow)
        {
            case PtxFlow.Straight:
                if (chosen.Length > 0)
                    instruction.Run!(_group, chosen);
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
        byte* values = _group.Lanes<byte>(predicate);
        int count = 0;
        foreach (int i in _together.AsSpan(0, _count))
        {
            if (values[i] != 0 != negated)
                _chosen[count++] = i;
        }

        return _chosen.AsSpan(0, count);
    }
}
