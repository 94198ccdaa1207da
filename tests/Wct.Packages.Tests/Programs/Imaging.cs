using System;
using System.Linq;
using Wct;
using Wct.Imaging;

PixelImage noise = new(5, 4, PixelLayout.Rgba32);
new Random(1).NextBytes(noise.Bytes);
ImageFile.Write("large.png", noise);
ImageFile.Write("photo.jpg", noise);

PixelImage picture = ImageFile.Read("photo.jpg").ToRgb();
ImageFile.Write("copy.png", picture);

// Large pictures: a few rows at a time.
using ImageReader reader = ImageFile.Open("large.png");
byte[] row = new byte[reader.Width * reader.Layout.BytesPerPixel()];
for (int y = 0; y < reader.Height; y++)
    reader.ReadRows(row);

bool same = ImageFile.Read("copy.png").Bytes.SequenceEqual(picture.Bytes) && row.AsSpan().SequenceEqual(noise.Row(noise.Height - 1));
Console.WriteLine(same ? "the same" : "not the same");
