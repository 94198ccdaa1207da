using System;
using System.Linq;
using Wct.Imaging;

Bitmap picture = new(5, 4, PixelFormat.Rgba32);
new Random(1).NextBytes(picture.Pixels);
ImageFile.Write("picture.png", picture);
Console.WriteLine(ImageFile.Read("picture.png").Pixels.SequenceEqual(picture.Pixels) ? "the same" : "not the same");
