namespace Wct.PtxInterpreter.Execution;

/// <summary>The order in which a thread block's threads run. A GPU guarantees no order except at barriers, so a kernel must be correct in
/// any order.</summary>
internal enum ThreadOrder
{
    /// <summary>All threads run together as far as branches allow.</summary>
    Together,

    /// <summary>Warps take turns; each runs until it waits.</summary>
    FirstWarpFirst,

    /// <summary>Warps take turns in reverse order.</summary>
    LastWarpFirst,
}
