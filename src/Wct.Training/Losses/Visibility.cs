using Wct.Kernels;
using Wct.Net;
using Wct.Net.Recipes;

namespace Wct.Training.Losses;

/// <summary>Masks of visible pixels, and masks as tensors.</summary>
internal static class Visibility
{
    /// <summary>A picture's alpha as a mask; null if the layout has none, or if all pixels are opaque.</summary>
    internal static StyleMask? Of(PixelImage picture)
    {
        if (!picture.Layout.HasAlpha())
            return null;
        const int Size = 4, Alpha = 3;
        byte[] shares = new byte[picture.Width * picture.Height];
        for (int y = 0; y < picture.Height; y++)
        {
            ReadOnlySpan<byte> row = picture.Row(y);
            for (int x = 0; x < picture.Width; x++)
                shares[y * picture.Width + x] = row[x * Size + Alpha];
        }

        StyleMask mask = StyleMask.Owning(shares, picture.Width, picture.Height);
        return mask.IsFull ? null : mask;
    }

    /// <summary>The product of two masks; the second one is resized to the first one's size. Null stands for a mask of ones.</summary>
    internal static StyleMask? Combine(StyleMask? first, StyleMask? second)
    {
        if (first is null || second is null)
            return first ?? second;
        second = MaskPicture.Resized(second, first.Width, first.Height);
        byte[] product = new byte[first.Shares.Length];
        for (int i = 0; i < product.Length; i++)
            product[i] = (byte)((first.Shares[i] * second.Shares[i] + byte.MaxValue / 2) / byte.MaxValue);
        return StyleMask.Owning(product, first.Width, first.Height);
    }

    /// <summary>Converts a mask to shares of feature pixels.</summary>
    /// <param name="backend">The backend of the tensor.</param>
    /// <param name="mask">In any size.</param>
    /// <param name="shape">Height and width of the features.</param>
    /// <returns>[1, h, w], 0..1; the caller disposes of it.</returns>
    internal static Tensor Tensor(Backend backend, StyleMask mask, TensorShape shape)
    {
        mask = MaskPicture.Resized(mask, shape.Width, shape.Height);
        float[] shares = new float[shape.Pixels];
        for (int i = 0; i < shares.Length; i++)
            shares[i] = mask.Shares[i] / (float)byte.MaxValue;
        Tensor tensor = backend.Allocate(shape.WithChannels(1));
        backend.Write(shares, tensor);
        return tensor;
    }
}
