namespace Wct.Net;

/// <summary>What is done with a style before it is measured.</summary>
/// <param name="Mask">The share of each pixel in its statistics; null if all are 1.</param>
/// <param name="ContentColors">The colors that its pixels get, if the options ask for it; null if they keep their own.</param>
internal readonly record struct StylePreparation(StyleMask? Mask, PictureColors? ContentColors);
