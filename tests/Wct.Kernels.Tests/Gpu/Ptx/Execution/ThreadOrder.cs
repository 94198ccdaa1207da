namespace Wct.Kernels.Tests.Gpu.Ptx.Execution;

/// <summary>Which of a group's threads go first: cards promise no order but barriers', and so a kernel must be right in any.</summary>
internal enum ThreadOrder
{
    /// <summary>All threads go together as far as branches let them.</summary>
    Together,

    /// <summary>Warps go by turns, each until it waits.</summary>
    FirstWarpFirst,

    /// <summary>Warps go by turns, backwards.</summary>
    LastWarpFirst,
}
