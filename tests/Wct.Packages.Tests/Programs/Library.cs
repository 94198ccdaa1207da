using System;
using System.Linq;
using Wct;
using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net;

// Stylizes a small picture in the style of another one.
const int width = 48, height = 32, paintingWidth = 40, paintingHeight = 30;
byte[] photo = new byte[width * height * 3], painting = new byte[paintingWidth * paintingHeight * 3];
new Random(1).NextBytes(painting);
for (int i = 0; i < photo.Length; i++)
    photo[i] = (byte)(i % 3 * 40 + i / 3 % width * 3);

using StyleTransfer transfer = StyleTransfer.Load();
PreparedStyle style = transfer.PrepareStyle(new PixelImage(painting, paintingWidth, paintingHeight));
PixelImage result = transfer.Stylize(new PixelImage(photo, width, height), style, new StylizeOptions { Strength = 0.8 });
Console.WriteLine($"{result.Width}x{result.Height} {result.Layout}, {(result.Bytes.SequenceEqual(photo) ? "unchanged" : "changed")}");

using Backend backend = CpuBackend.Create();
Console.WriteLine(backend.Name);
