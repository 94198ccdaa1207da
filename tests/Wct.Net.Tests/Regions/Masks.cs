namespace Wct.Net.Tests.Regions;

/// <summary>Creates masks.</summary>
internal static class Masks
{
    /// <summary>A mask whose share at each pixel is given.</summary>
    internal static StyleMask Of(int width, int height, Func<int, int, int> share)
    {
        byte[] shares = new byte[width * height];
        for (int i = 0; i < shares.Length; i++)
            shares[i] = (byte)share(i % width, i / width);
        return new StyleMask(shares, width, height);
    }

    /// <summary>The same share everywhere.</summary>
    internal static StyleMask Even(int width, int height, byte share) => Of(width, height, (_, _) => share);

    /// <summary>A mask's complement.</summary>
    internal static StyleMask Rest(StyleMask mask)
    {
        byte[] shares = mask.Shares.ToArray();
        return new StyleMask(Array.ConvertAll(shares, share => (byte)(255 - share)), mask.Width, mask.Height);
    }
}
