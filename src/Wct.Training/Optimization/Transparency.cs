using Wct.Kernels;

namespace Wct.Training.Optimization;

/// <summary>Gives a result the alpha of its content.</summary>
internal static class Transparency
{
    /// <summary>Converts a result to the content's layout if that has alpha, and copies alpha.</summary>
    /// <param name="result">RGB, with the content's size.</param>
    /// <param name="content">The content.</param>
    internal static PixelImage Restore(PixelImage result, PixelImage content)
    {
        if (!content.Layout.HasAlpha())
            return result;
        const int Alpha = 3;
        PixelImage whole = new(result.Width, result.Height, content.Layout);
        ChannelOffsets offsets = content.Layout.Offsets();
        for (int y = 0; y < result.Height; y++)
        {
            Span<byte> row = whole.Row(y), source = result.Row(y), original = content.Row(y);
            for (int x = 0; x < result.Width; x++)
            {
                Span<byte> pixel = row.Slice(x * offsets.BytesPerPixel, offsets.BytesPerPixel);
                (pixel[offsets.Red], pixel[offsets.Green], pixel[offsets.Blue]) = (source[3 * x], source[3 * x + 1], source[3 * x + 2]);
                pixel[Alpha] = original[x * offsets.BytesPerPixel + Alpha];
            }
        }

        if (content.Layout.IsPremultiplied())
            Premultiplied.Multiply(whole.Bytes, whole.Width, whole.Height, whole.Stride);
        return whole;
    }
}
