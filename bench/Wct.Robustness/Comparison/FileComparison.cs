namespace Wct.Robustness.Comparison;

/// <summary>Results of three decoders for one file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Jpeg">Whether the file is a JPEG; otherwise it is a PNG.</param>
/// <param name="Refusal">Why Wct.Imaging refuses the file, or null.</param>
/// <param name="Warnings">Wct.Imaging's warnings.</param>
/// <param name="ReferenceOpens">Whether djpeg or pngtopnm decodes the file.</param>
/// <param name="PillowOpens">Whether Pillow decodes the file.</param>
/// <param name="ReferenceDifference">Largest color difference from the reference's picture; null without two pictures, -1 if the sizes
/// differ.</param>
/// <param name="PillowDifference">The same for Pillow's picture, including alpha.</param>
/// <param name="Note">Further text for the list: an orientation that would fit, and the other programs' messages.</param>
internal sealed record FileComparison(
    string Path, bool Jpeg, string? Refusal, IReadOnlyList<string> Warnings, bool ReferenceOpens, bool PillowOpens,
    int? ReferenceDifference,
    int? PillowDifference, string Note)
{
    /// <summary>Whether the file is refused although both other programs open it.</summary>
    internal bool WronglyRefused => Refusal is not null && ReferenceOpens && PillowOpens;

    /// <summary>Whether the picture equals that of one of the other programs, bit for bit.</summary>
    internal bool Same => ReferenceDifference == 0 || PillowDifference == 0;

    /// <summary>Whether the picture was compared with another one.</summary>
    internal bool Compared => ReferenceDifference is not null || PillowDifference is not null;
}
