using Wct.Imaging;
using Wct.Kernels;
using Wct.Training.Data;

namespace Wct.Training.Tests;

/// <summary>Creates random pictures with smooth waves of color, from which a network can learn.</summary>
internal static class TrainingPictures
{
    internal static PixelImage Draw(int width, int height, int seed)
    {
        Random random = new(seed);
        PixelImage picture = new(width, height, PixelLayout.Rgb24);
        double[] phases = [.. Enumerable.Range(0, 9).Select(_ => random.NextDouble() * 6)];
        for (int i = 0; i < width * height * 3; i++)
        {
            int c = i % 3, x = i / 3 % width, y = i / 3 / width;
            double value =
                Math.Sin(x * 0.2 + phases[c]) + Math.Cos(y * 0.3 + phases[3 + c]) + Math.Sin((x + y) * 0.1 * (c + 1) + phases[6 + c]);
            picture.Bytes[i] = (byte)(127 + 40 * value);
        }

        return picture;
    }

    internal static string Folder(TemporaryFolder folder, int count)
    {
        string path = Directory.CreateDirectory(folder.File("pictures")).FullName;
        for (int i = 0; i < count; i++)
            ImageFile.Write(Path.Combine(path, $"{i:00}.png"), Draw(40 + i, 36 + 2 * i, i));
        return path;
    }

    /// <summary>Creates a folder of pictures whose files are damaged but can be read.</summary>
    /// <returns>The folder, and the warnings about its files in the order of their names.</returns>
    internal static (string Folder, string[] Damage) Damaged(TemporaryFolder folder, int count)
    {
        string path = Directory.CreateDirectory(folder.File("damaged")).FullName;
        string[] files = [.. Enumerable.Range(0, count).Select(i => Path.Combine(path, $"{i:00}.jpg"))];
        for (int i = 0; i < count; i++)
        {
            ImageFile.Write(files[i], Draw(40 + i, 36 + 2 * i, i));
            File.WriteAllBytes(files[i], File.ReadAllBytes(files[i])[..^2]);
        }

        return (path, [.. files.Select(file => $"{file}: truncated: no end-of-image marker")]);
    }

    internal static Tensor Tensor(Backend backend, int side, int seed) => Crop.Load(backend, Draw(side, side, seed));
}
