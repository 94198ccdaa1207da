namespace Wct.Training.Data;

/// <summary>Removes repeated messages, because several threads read the same pictures many times.</summary>
internal static class OncePerText
{
    /// <summary>Returns a function that calls <paramref name="action"/> once for each different text, one call at a time.</summary>
    internal static Action<string> Of(Action<string> action)
    {
        HashSet<string> known = [];
        return text =>
        {
            lock (known)
            {
                if (known.Add(text))
                    action(text);
            }
        };
    }
}
