using System.Runtime.ExceptionServices;

namespace Wct.Bindings.Native;

/// <summary>Passes the library's warnings to the application.</summary>
internal sealed class WarningListener(Action<string> warning)
{
    // The library calls back on the thread that made the call.
    [ThreadStatic]
    private static ExceptionDispatchInfo? _thrown;

    /// <summary>Removes and returns the exception that the application's handler threw during this thread's call; null if it threw
    /// none.</summary>
    internal static ExceptionDispatchInfo? TakeException()
    {
        ExceptionDispatchInfo? thrown = _thrown;
        _thrown = null;
        return thrown;
    }

    // It must not throw, because native code calls it.
    internal void Report(IntPtr context, IntPtr text)
    {
        try
        {
            warning(Utf8.Text(text));
        }
        catch (Exception e)
        {
            _thrown ??= ExceptionDispatchInfo.Capture(e);
        }
    }
}
