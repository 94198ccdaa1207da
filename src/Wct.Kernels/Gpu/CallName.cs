namespace Wct.Kernels.Gpu;

/// <summary>The function's name in a call as it stands in the source.</summary>
internal static class CallName
{
    internal static string Of(string call)
    {
        int end = call.IndexOf('('), dot = call.LastIndexOf('.', Math.Max(end, 0));
        return end < 0 ? call : call[(dot + 1)..end];
    }
}
