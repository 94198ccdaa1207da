using Wct.Imaging;

namespace Wct.Robustness.Comparison;

/// <summary>Decodes a file with three decoders and compares the pictures.</summary>
internal sealed class FileComparer(Pillow pillow, long maxPixels)
{
    /// <summary>Returns whether a file is a PNG (false), a JPEG (true) or neither (null), from its first bytes.</summary>
    internal static bool? IsJpeg(ReadOnlySpan<byte> head)
    {
        return head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]) ? false
            : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? true : null;
    }

    /// <summary>Compares one file. The reference program runs at the same time as Pillow and Wct.Imaging.</summary>
    internal FileComparison Compare(string path, bool jpeg)
    {
        ReferenceProgram program = jpeg ? ReferenceProgram.Jpeg : ReferenceProgram.Png;
        Task<(RgbaPicture? Picture, string Said)> asked = Task.Run(() => program.Decode(path));
        PillowPicture other = pillow.Decode(path);
        (RgbaPicture? own, string? refusal, IReadOnlyList<string> warnings) = Own(path);
        (RgbaPicture? reference, string said) = asked.GetAwaiter().GetResult();
        string note = refusal is null
            ? "" : $"reference: {(reference is null ? said : "opens")}; Pillow: {(other.Opens ? "opens" : other.Said)}";
        FileComparison result = new(path, jpeg, refusal, warnings, reference is not null, other.Opens, null, null, note);
        if (own is null)
            return result;
        int? toReference = reference is null ? null : own.ColorDifference(reference.Turned(other.Orientation));
        int? toPillow = other.Picture is null ? null : Largest(own, other.Picture.Turned(other.Orientation));
        if (reference is not null && toReference != 0 && OtherOrientation(own, reference, other.Orientation) is { } fits)
            note = $"orientation {other.Orientation} asked for, {fits} found";
        if (said.Length > 0)
            note = $"{note} reference says: {said}".Trim();
        return result with { ReferenceDifference = toReference, PillowDifference = toPillow, Note = $"{note} mode {other.Mode}".Trim() };
    }

    private static int Largest(RgbaPicture own, RgbaPicture other) => Math.Max(own.ColorDifference(other), own.AlphaDifference(other));

    private static int? OtherOrientation(RgbaPicture own, RgbaPicture reference, int asked)
    {
        for (int orientation = 1; orientation <= 8; orientation++)
        {
            if (orientation != asked && own.ColorDifference(reference.Turned(orientation)) == 0)
                return orientation;
        }

        return null;
    }

    private (RgbaPicture?, string?, IReadOnlyList<string>) Own(string path)
    {
        try
        {
            using ImageReader reader = ImageFile.Open(path, new ImageReadOptions { MaxPixels = maxPixels });
            PixelImage bitmap = reader.ReadAll();
            return (RgbaPicture.Of(bitmap), null, WarningsOf(reader));
        }
        catch (ImageFormatException error)
        {
            return (null, error.Problem, []);
        }
    }

    // Warnings about damage that the reader skipped.
    private static IReadOnlyList<string> WarningsOf(ImageReader reader) => reader.Warnings;
}
