using Wct.Net.Pipeline.Tiling;

namespace Wct.Net;

// Styles that are resized before they are measured.
public sealed partial class StyleTransfer
{
    // Returns whether a style must be resized, and the options without the scale.
    private bool Scales(StylizeOptions? options, out double scale, out StylizeOptions? rest)
    {
        (scale, rest) = (1, options);
        if (options is null or { StyleScale: 1 })
            return false;
        // Checks the scale with all other options.
        scale = Check(options).StyleScale;
        rest = options with { StyleScale = 1 };
        return true;
    }

    // A style that is read row by row, at another size. The reader may use what the budget leaves.
    private PixelImage Scaled(IPixelReader style, double scale, long? budget)
    {
        int width = Sized(style.Width, scale), height = Sized(style.Height, scale);
        TilePlanner planner = Planner(budget, Bytes(width, height, style.Layout), LevelDemands.None);
        style.Limit(planner.LeftForReading(plan: null, style.HeldBytes));
        return Resizing.To(style, width, height);
    }

    private static PixelImage Scaled(Pixels style, double scale) =>
        Resizing.To(style, Sized(style.Width, scale), Sized(style.Height, scale));

    private static StylePreparation Scaled(StylePreparation preparation, double scale)
    {
        if (preparation.Mask is not { } mask)
            return preparation;
        PixelImage shares = Scaled(new Pixels(mask.Shares, mask.Width, mask.Height, 0, PixelLayout.Gray8), scale);
        return preparation with { Mask = StyleMask.Owning(shares.Bytes, shares.Width, shares.Height) };
    }

    private static int Sized(int side, double scale) => (int)Math.Clamp(Math.Round(side * scale), 1, int.MaxValue);
}
