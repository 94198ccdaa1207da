using System;
using System.Linq;
using Wct;
using Wct.Kernels;
using Wct.Kernels.Cpu;
using Wct.Net;
using Wct.Net.Transforms;

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

PreparedStyle other = transfer.PrepareStyle(new PixelImage(photo, width, height));
StylizeOptions options = new()
{
    Levels = [new(5) { Strength = 0.4 }, new(4) { Transform = FeatureTransform.OptimalTransport }, 3, 2, 1],
    PreserveColor = ColorPreservation.Luminance,
};
PreparedStyle mixed = PreparedStyle.Mix([(style, 0.7), (other, 0.3)]);
PixelImage both = transfer.Stylize(new PixelImage(photo, width, height), mixed, options);
PixelImage texture = transfer.Synthesize(mixed, width: 64, height: 32, new TextureOptions { Seed = 7, Tileable = true });
if (both.Bytes.SequenceEqual(result.Bytes) || texture.Width != 64)
    Console.WriteLine("the options have no effect");

using Backend backend = CpuBackend.Create();
Console.WriteLine(backend.Name);
