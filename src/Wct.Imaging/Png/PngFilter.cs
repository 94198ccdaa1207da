namespace Wct.Imaging.Png;

/// <summary>The five filter types: what is subtracted from each byte of a row before compression (section 9.2).</summary>
internal enum PngFilter : byte
{
    None,
    Sub,
    Up,
    Average,
    Paeth,
}
