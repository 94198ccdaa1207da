using System;
using System.Linq;
using Wct;
using Wct.Imaging;
using Wct.Imaging.Magick;

MagickFormats.Register();

PixelImage picture = new(48, 32);
new Random(1).NextBytes(picture.Bytes);
ImageFile.Write("copy.webp", picture, new WebPWriteOptions { Lossless = true });
Console.WriteLine(ImageFile.Read("copy.webp").Bytes.SequenceEqual(picture.Bytes) ? "the same" : "changed");
Console.WriteLine(string.Join(", ", ImageFormats.All.Skip(7).Take(3).Select(format => format.Name)));
