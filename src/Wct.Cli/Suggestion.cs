namespace Wct.Cli;

/// <summary>Guesses what somebody meant who typed a name that isn't there.</summary>
internal static class Suggestion
{
    // Of the letters typed, how many may be wrong: one in three, and one at least.
    private const int LettersPerMistake = 3;

    // Shorter beginnings begin too much.
    private const int ShortestBeginning = 3;

    /// <summary>The nearest of some names.</summary>
    /// <returns>Null where none is near.</returns>
    internal static string? Nearest(string typed, IEnumerable<string> names)
    {
        string word = Bare(typed);
        // Of a single letter every other is as near as the next.
        if (word.Length == 1)
            return null;
        (string Name, int Distance)[] ranked = [.. names.Select(name => (name, Distance(word, Bare(name)))).OrderBy(pair => pair.Item2)];
        int most = Math.Max(1, word.Length / LettersPerMistake);
        if (ranked.Length > 0 && ranked[0].Distance <= most)
            return ranked[0].Name;
        return word.Length < ShortestBeginning
            ? null : ranked.FirstOrDefault(pair => Bare(pair.Name).StartsWith(word, StringComparison.Ordinal)).Name;
    }

    private static string Bare(string name) => name.TrimStart('-').ToLowerInvariant();

    // Letters that are missing, surplus, wrong, or exchanged with their neighbor (Damerau 1964), each counted once.
    private static int Distance(string a, string b)
    {
        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }

                int wrong = a[i - 1] == b[j - 1] ? 0 : 1;
                int least = Math.Min(Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1, distance[i - 1, j - 1] + wrong);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    least = Math.Min(least, distance[i - 2, j - 2] + 1);
                distance[i, j] = least;
            }
        }

        return distance[a.Length, b.Length];
    }
}
