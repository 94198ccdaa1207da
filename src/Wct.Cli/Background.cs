namespace Wct.Cli;

/// <summary>Work beside other work, where there is a thread for it.</summary>
/// <remarks>The framework's pool would leave work undone for good where it can start no thread.</remarks>
internal static class Background
{
    /// <summary>Starts a function on a thread of its own; where none can be started, runs it at once.</summary>
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
