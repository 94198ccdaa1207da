namespace Wct.Imaging.Png;

/// <summary>The five filter types (section 9.2). A filter subtracts its prediction from each byte of a row before compression.</summary>
internal enum PngFilter : byte
{
    None,
    Sub,
    Up,
    Average,
    Paeth,
}
