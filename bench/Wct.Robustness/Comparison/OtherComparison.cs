namespace Wct.Robustness.Comparison;

/// <summary>Results of two decoders for one file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">Its format.</param>
/// <param name="Opens">Whether Wct.Imaging opens it.</param>
/// <param name="OtherOpens">Whether the other program opens it.</param>
/// <param name="Difference">Largest difference of visible pixels; -1 if the sizes differ, null without two pictures.</param>
/// <param name="Slow">Whether reading took more than 2 seconds.</param>
/// <param name="Note">Why it is refused, or what the other program says.</param>
internal sealed record OtherComparison(
    string Path, string Format, bool Opens, bool OtherOpens, int? Difference, bool Slow, string Note)
{
    /// <summary>Whether only the other program opens the file.</summary>
    internal bool WronglyRefused => !Opens && OtherOpens;

    /// <summary>One line for the list.</summary>
    internal string Line
    {
        get
        {
            string what = WronglyRefused ? "REFUSED" : !Opens ? "refused" : Difference switch
            {
                null => "opened",
                0 => "same",
                < 0 => "other sides",
                _ => $"differs {Difference}",
            };
            return $"{what}{(Slow ? " SLOW" : "")}\t{Path}\t{Format}\t{Note}";
        }
    }
}
