using Wct.Imaging.Tests.Bmp;
using Wct.Imaging.Tests.Gif;
using Wct.Imaging.Tests.Psd;
using Wct.Imaging.Tests.Radiance;
using Wct.Imaging.Tests.Tga;

namespace Wct.Imaging.Tests.Seeds;

/// <summary>Small good files of each format that is only read, for tests that damage them.</summary>
internal static class FileSeeds
{
    /// <summary>Bitmaps of 1 to 32 bits, and with runs.</summary>
    internal static byte[][] Bmp() =>
    [
        BmpFile.Runs(3, 2, 8, [3, 7, 0, 0, 0, 3, 1, 2, 3, 0, 0, 1]), BmpFile.Runs(5, 2, 4, [0, 4, 0x12, 0x34, 0, 0, 5, 0x21, 0, 1]),
        BmpFile.Create(9, 3, 1, Noise(12), Noise(6)), BmpFile.Create(5, -4, 4, Noise(16), Noise(48)),
        BmpFile.Create(7, 5, 8, Noise(40), Noise(768), size: 12), BmpFile.Create(6, 4, 16, Noise(48)),
        BmpFile.Create(5, 3, 16, Noise(36), masks: [0xF800, 0x7E0, 0x1F]), BmpFile.Create(11, 6, 24, Noise(216), gap: 5),
        BmpFile.Create(4, 4, 32, Noise(64)), BmpFile.Create(4, -4, 32, Noise(64), masks: [0xFF0000, 0xFF00, 0xFF, 0xFF000000], size: 108),
    ];

    /// <summary>TGA files of all types.</summary>
    internal static byte[][] Tga() =>
    [
        TgaFile.Create(1, 7, 4, 8, 0, Noise(28), Noise(768), 24), TgaFile.Create(2, 5, 5, 16, 1, Noise(50)),
        TgaFile.Create(2, 6, 3, 24, 0x20, Noise(54), text: "hi"), TgaFile.Create(3, 9, 2, 8, 0x30, Noise(18)),
        TgaFile.Create(10, 8, 8, 32, 8, TgaFile.Runs(Flat(256), 4)), TgaFile.Create(2, 4, 4, 32, 0, Noise(64)),
        TgaFile.Create(11, 8, 8, 8, 0x10, TgaFile.Runs(Flat(64), 1)),
    ];

    /// <summary>Radiance files with and without runs.</summary>
    internal static byte[][] Hdr() =>
    [
        HdrFile.Create("-Y 4 +X 9", 9, Noise(144), runs: true), HdrFile.Create("+Y 3 +X 5", 5, Noise(60), runs: false),
        HdrFile.Create("-X 4 +Y 8", 8, Flat(128), runs: true),
        HdrFile.Create("-Y 1 +X 300", 4, [9, 8, 7, 128, 1, 1, 1, 42, 1, 1, 1, 1, 5, 6, 7, 129], runs: false),
    ];

    /// <summary>GIF files with and without interlacing and transparency.</summary>
    internal static byte[][] Gif() =>
    [
        GifFile.Create((9, 7), (0, 0, 9, 7), Noise(63, 4), Noise(12)),
        GifFile.Create((30, 20), (3, 2, 20, 11), Noise(220), Noise(768), interlaced: true, transparent: 5),
        GifFile.Create((16, 16), (0, 0, 16, 16), Flat(256), Noise(768), local: true),
    ];

    /// <summary>Photoshop files of 8 and 16 bits, with and without runs and alpha.</summary>
    internal static byte[][] Psd() =>
    [
        PsdFile.Create(7, 5, 8, 3, [Flat(35), Noise(35), Noise(35)], runs: true),
        PsdFile.Create(6, 4, 16, 3, [Noise(48), Noise(48), Noise(48), Noise(48)], runs: false, layers: PsdFile.Layers(-3)),
        PsdFile.Create(8, 4, 16, 1, [Flat(64)], runs: true),
        PsdFile.Create(5, 5, 8, 1, [Noise(25), Noise(25)], runs: false, Noise(140), PsdFile.LayerBlock("Mtrn")),
    ];

    /// <summary>Bytes below a limit; the same for each length.</summary>
    internal static byte[] Noise(int count, int limit = 256)
    {
        Random random = new(count);
        byte[] noise = new byte[count];
        for (int i = 0; i < count; i++)
            noise[i] = (byte)random.Next(limit);
        return noise;
    }

    /// <summary>Runs of equal bytes.</summary>
    internal static byte[] Flat(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i / 13 * 40))];
}
