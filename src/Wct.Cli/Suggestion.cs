namespace Wct.Cli;

/// <summary>Finds the name that a mistyped name was probably meant to be.</summary>
internal static class Suggestion
{
    // One letter in three may be wrong, and at least one letter.
    private const int LettersPerMistake = 3;

    // Shorter beginnings would match too many names.
    private const int ShortestBeginning = 3;

    /// <summary>The most similar of some names.</summary>
    /// <returns>Null if none is similar.</returns>
    internal static string? Nearest(string typed, IEnumerable<string> names)
    {
        string word = Bare(typed);
        // All names of one letter are equally similar to a single letter.
        if (word.Length == 1)
            return null;
        (string Name, int Distance)[] ranked = [.. names.Select(name => (name, Distance(word, Bare(name)))).OrderBy(pair => pair.Item2)];
        // A beginning was typed on purpose, so it counts more than a similar word.
        if (word.Length >= ShortestBeginning
            && ranked.FirstOrDefault(pair => Bare(pair.Name).StartsWith(word, StringComparison.Ordinal)).Name is { } begun)
            return begun;
        int most = Math.Max(1, word.Length / LettersPerMistake);
        return ranked.Length > 0 && ranked[0].Distance <= most ? ranked[0].Name : null;
    }

    private static string Bare(string name) => name.TrimStart('-').ToLowerInvariant();

    // The Damerau distance (1964): the number of letters that are missing, surplus, wrong, or swapped with their neighbor.
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
