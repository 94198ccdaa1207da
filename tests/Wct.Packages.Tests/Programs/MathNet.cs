using System;
using Wct;
using Wct.MathNet;
using Wct.Net;

using StyleTransfer transfer = StyleTransfer.Load(new LoadOptions { Eigensolver = new MathNetEigensolver() });

PixelImage photo = new(48, 32), painting = new(30, 40);
new Random(1).NextBytes(painting.Bytes);
PixelImage result = transfer.Stylize(photo, painting);
Console.WriteLine($"{new MathNetEigensolver().Name}: {result.Width}x{result.Height} {result.Layout}");
