namespace Wct.PtxInterpreter.Execution;

/// <summary>Which of a thread block's threads run first. A GPU guarantees no order except at barriers, so a kernel must be right in
/// any.</summary>
internal enum ThreadOrder
{
    /// <summary>All threads run together as far as branches allow.</summary>
    Together,

    /// <summary>Warps take turns, each until it waits.</summary>
    FirstWarpFirst,

    /// <summary>Warps take turns in reverse order.</summary>
    LastWarpFirst,
}
