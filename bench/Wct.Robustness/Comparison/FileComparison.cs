namespace Wct.Robustness.Comparison;

/// <summary>What three decoders make of one file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Jpeg">Whether it is a JPEG; a PNG otherwise.</param>
/// <param name="Refusal">Why Wct.Imaging refuses it, or null.</param>
/// <param name="Warnings">What Wct.Imaging warns of.</param>
/// <param name="ReferenceOpens">Whether djpeg or pngtopnm gives a picture.</param>
/// <param name="PillowOpens">Whether Pillow does.</param>
/// <param name="ReferenceDifference">Largest difference of a color to the reference's; null without two pictures, -1 for other
/// sizes.</param>
/// <param name="PillowDifference">The same to Pillow's, alpha included.</param>
/// <param name="Note">More for the list: the orientation that would fit, what the others said.</param>
internal sealed record FileComparison(
    string Path, bool Jpeg, string? Refusal, IReadOnlyList<string> Warnings, bool ReferenceOpens, bool PillowOpens,
    int? ReferenceDifference,
    int? PillowDifference, string Note)
{
    /// <summary>Whether it is refused although both others open it.</summary>
    internal bool WronglyRefused => Refusal is not null && ReferenceOpens && PillowOpens;

    /// <summary>Whether what it decodes to is, to the last bit, what one of the two others gives.</summary>
    internal bool Same => ReferenceDifference == 0 || PillowDifference == 0;

    /// <summary>Whether the file was decoded and compared with anything.</summary>
    internal bool Compared => ReferenceDifference is not null || PillowDifference is not null;
}
