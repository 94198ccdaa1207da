namespace Wct.Training.Data;

/// <summary>Passes each text on once: pictures are read again and again, by several threads.</summary>
internal static class OncePerText
{
    /// <summary>A function that calls another with each text when it comes for the first time, one call at a time.</summary>
    internal static Action<string> Of(Action<string> told)
    {
        HashSet<string> known = [];
        return text =>
        {
            lock (known)
            {
                if (known.Add(text))
                    told(text);
            }
        };
    }
}
