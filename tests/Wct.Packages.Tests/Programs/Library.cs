using System;
using System.Linq;
using Wct.Net;

// Two small pictures, the first in the style of the second.
byte[] photo = new byte[48 * 32 * 3], painting = new byte[40 * 40 * 3];
new Random(1).NextBytes(painting);
for (int i = 0; i < photo.Length; i++)
    photo[i] = (byte)(i % 3 * 40 + i / 3 % 48 * 3);
using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Device = DeviceChoice.Cpu });
PixelImage result = transfer.Stylize(new PixelImage(photo, 48, 32), new PixelImage(painting, 40, 40));
Console.WriteLine($"{result.Width}x{result.Height} {result.Format}, {(result.Bytes.SequenceEqual(photo) ? "unchanged" : "changed")}");
