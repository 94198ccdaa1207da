namespace Wct.Cli;

/// <summary>Runs work on another thread if one can be started.</summary>
/// <remarks>The runtime's thread pool would never run the work if it can't start a thread.</remarks>
internal static class Background
{
    /// <summary>Starts a function on a new thread. If no thread can be started, runs the function on this thread.</summary>
    internal static Task<T> Start<T>(Func<T> work)
    {
        TaskCompletionSource<T> result = new();
        void Work()
        {
            try
            {
                result.SetResult(work());
            }
            catch (Exception error)
            {
                result.SetException(error);
            }
        }

        try
        {
            new Thread(Work) { IsBackground = true }.Start();
        }
        catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
        {
            Work();
        }

        return result.Task;
    }
}
