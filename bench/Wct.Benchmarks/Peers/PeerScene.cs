using Wct.Imaging;

namespace Wct.Benchmarks.Peers;

/// <summary>Creates pictures of color waves, discs with hard edges and a little noise, so that the features have a realistic
/// covariance.</summary>
internal static class PeerScene
{
    private const int Discs = 40, Grain = 12;

    internal static PixelImage Create(int width, int height, int seed)
    {
        Random random = new(seed);
        int side = Math.Max(width, height);
        PixelImage picture = new(width, height, PixelLayout.Rgb24);
        double[] waves = [.. Enumerable.Range(0, 9).Select(_ => (random.NextDouble() - 0.5) * 0.12)];
        (int X, int Y, int Radius, int Light)[] discs = [.. Enumerable.Range(0, Discs).Select(_ =>
            (random.Next(width), random.Next(height), random.Next(1 + side / 8), random.Next(-80, 80)))];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int light = discs.Where(disc => Square(x - disc.X) + Square(y - disc.Y) < Square(disc.Radius)).Sum(disc => disc.Light);
                for (int c = 0; c < 3; c++)
                {
                    double wave = Math.Sin(x * waves[c] + y * waves[c + 3] + 60 * waves[c + 6]);
                    picture.Bytes[y * picture.Stride + x * 3 + c] = (byte)Math.Clamp(128 + 70 * wave + light + random.Next(Grain), 0, 255);
                }
            }
        }

        return picture;
    }

    private static int Square(int value) => value * value;
}
