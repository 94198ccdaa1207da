namespace Wct.Kernels.Gpu;

/// <summary>Reads a function's name from the source of a call, for error messages.</summary>
internal static class CallName
{
    /// <param name="call">Source of a call; "CudaDriver.Init(0)" gives "Init".</param>
    internal static string Of(string call)
    {
        int end = call.IndexOf('('), dot = call.LastIndexOf('.', Math.Max(end, 0));
        return end < 0 ? call : call[(dot + 1)..end];
    }
}
