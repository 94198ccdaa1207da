using System;
using System.Linq;
using SkiaSharp;
using Wct;
using Wct.Net;
using Wct.SkiaSharp;

// Stylizes a small bitmap of the usual kind: BGRA, premultiplied.
using SKBitmap bitmap = new(48, 32, SKColorType.Bgra8888, SKAlphaType.Premul), painting = new(40, 30);
using SKBitmap mask = new(48, 32, SKColorType.Alpha8, SKAlphaType.Premul);
for (int i = 0; i < 48 * 32; i++)
    bitmap.SetPixel(i % 48, i / 48, new SKColor((byte)(i % 48 * 5), (byte)(i / 48 * 7), 90));
new Random(1).NextBytes(mask.GetPixelSpan());
painting.Pixels = [.. Enumerable.Range(0, 40 * 30).Select(i => new SKColor((byte)(i * 7), (byte)(i * 31), (byte)(i / 5)))];
byte[] before = bitmap.Bytes;

using StyleTransfer transfer = StyleTransfer.Load();
PreparedStyle style = transfer.PrepareStyle(painting);
using SKBitmap styled = bitmap.Stylize(transfer, style);

StyleRegion sky = new(mask.ToStyleMask(), style);
using SKBitmap region = bitmap.Stylize(transfer, [sky], new StylizeOptions { Strength = 0.8 });
PixelImage picture = await transfer.StylizeAsync(bitmap.ToPixelImage(), style);

using SKBitmap back = picture.ToBitmap();
string change = styled.Bytes.SequenceEqual(before) || region.Bytes.SequenceEqual(styled.Bytes) ? "unchanged" : "changed";
Console.WriteLine($"{styled.Width}x{styled.Height} {styled.ColorType} {styled.AlphaType}, {change}; {region.Width}x{region.Height}, "
    + $"{back.Width}x{back.Height} {picture.Layout}");
