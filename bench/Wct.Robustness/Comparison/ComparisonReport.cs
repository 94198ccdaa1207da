namespace Wct.Robustness.Comparison;

/// <summary>Writes the results of a comparison.</summary>
internal static class ComparisonReport
{
    internal static void Write(IReadOnlyList<FileComparison> all, string pillow, TextWriter output)
    {
        output.WriteLine($"beside djpeg, pngtopnm and {pillow}");
        foreach (bool jpeg in (bool[])[false, true])
        {
            FileComparison[] files = [.. all.Where(file => file.Jpeg == jpeg)];
            FileComparison[] both = [.. files.Where(file => file.ReferenceOpens && file.PillowOpens)];
            FileComparison[] compared = [.. both.Where(file => file.Compared)];
            output.WriteLine($"""
                {(jpeg ? "JPEG" : "PNG")}: {files.Length} different files
                  both others open                 {both.Length,6}
                    refused here                   {both.Count(file => file.Refusal is not null),6}
                    the same, bit for bit          {compared.Count(file => file.Same),6}
                    differ by up to 1 of 255       {compared.Count(file => !file.Same && Least(file) is 1),6}
                    differ by more                 {compared.Count(file => !file.Same && Least(file) > 1),6}
                    other sides                    {compared.Count(file => !file.Same && Least(file) < 0),6}
                    opened with a warning          {compared.Count(file => file.Warnings.Count > 0),6}
                  one or none of the others opens  {files.Length - both.Length,6}
                    opened here all the same       {files.Except(both).Count(file => file.Refusal is null),6}
                """);
        }

        Write("Refused, although both others open it:", all.Where(file => file.WronglyRefused), output);
        Write("Differs:", all.Where(file => file is { ReferenceOpens: true, PillowOpens: true, Compared: true, Same: false }), output);
    }

    /// <summary>Returns a line about one file.</summary>
    internal static string Line(FileComparison file)
    {
        string what = file switch
        {
            { WronglyRefused: true } => "REFUSED",
            { Refusal: not null } => "refused",
            { Same: true } => "same",
            { Compared: true } => $"differs {file.ReferenceDifference}/{file.PillowDifference}",
            _ => "opened",
        };
        return $"{what}\t{file.Path}\t{file.Refusal}\t{string.Join("; ", file.Warnings)}\t{file.Note}";
    }

    private static void Write(string heading, IEnumerable<FileComparison> files, TextWriter output)
    {
        FileComparison[] listed = [.. files];
        if (listed.Length == 0)
            return;
        output.WriteLine(heading);
        foreach (FileComparison file in listed)
            output.WriteLine($"  {Line(file)}");
    }

    // The nearer of the two references counts, because no result is right for certain if they disagree.
    private static int Least(FileComparison file) => (file.ReferenceDifference, file.PillowDifference) switch
    {
        ({ } reference, { } pillow) => reference < 0 ? pillow : pillow < 0 ? reference : Math.Min(reference, pillow),
        (var reference, var pillow) => reference ?? pillow ?? 0,
    };
}
