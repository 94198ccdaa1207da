using System.Runtime.ExceptionServices;

namespace Wct.Bindings.Native;

/// <summary>Passes the library's warnings to an application.</summary>
internal sealed class WarningListener(Action<string> warning)
{
    // Warnings come on the thread of the call that they are about.
    [ThreadStatic]
    private static ExceptionDispatchInfo? _thrown;

    /// <summary>Throws what an application's handler threw during this thread's call.</summary>
    internal static void Rethrow()
    {
        ExceptionDispatchInfo? thrown = _thrown;
        _thrown = null;
        thrown?.Throw();
    }

    // No exception may leave it: there are the library's frames above it.
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
