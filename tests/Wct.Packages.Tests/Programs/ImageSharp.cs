using System;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using Wct;
using Wct.ImageSharp;
using Wct.Net;

// Stylizes a small image.
using Image<Rgba32> image = new(48, 32), painting = new(40, 30);
using Image<L8> mask = new(48, 32);
for (int i = 0; i < 48 * 32; i++)
{
    image[i % 48, i / 48] = new Rgba32((byte)(i % 48 * 5), (byte)(i / 48 * 7), 90);
    mask[i % 48, i / 48] = new L8((byte)(i % 48 * 5));
}

for (int i = 0; i < 40 * 30; i++)
    painting[i % 40, i / 40] = new Rgba32((byte)(i * 7), (byte)(i * 31), (byte)(i / 5));
Rgba32 before = image[20, 20];

using StyleTransfer transfer = StyleTransfer.Load();
PreparedStyle style = transfer.PrepareStyle(painting);
image.Mutate(x => x.Stylize(transfer, style));

Rgba32 after = image[20, 20];
StylizeOptions options = new() { Strength = 0.8 };
image.Mutate(x => x.Stylize(transfer, style, options, new Rectangle(0, 0, image.Width, image.Height / 2)));
image.Mutate(x => x.Stylize(transfer, [new StyleRegion(mask.ToStyleMask(), style)]));
PixelImage picture = await transfer.StylizeAsync(image.ToPixelImage(), style);

using Image back = picture.ToImage();
string change = before == after ? "unchanged" : "changed";
Console.WriteLine($"{image.Width}x{image.Height}, {change}; {back.Width}x{back.Height} {picture.Layout}");
