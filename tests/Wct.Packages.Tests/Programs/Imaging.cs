using System;
using System.Linq;
using Wct.Imaging;

Bitmap noise = new(5, 4, PixelFormat.Rgba32);
new Random(1).NextBytes(noise.Pixels);
ImageFile.Write("large.png", noise);
ImageFile.Write("photo.jpg", noise);

Bitmap picture = ImageFile.Read("photo.jpg").ToRgb();
ImageFile.Write("copy.png", picture);

// Large pictures: a few rows at a time.
using ImageReader reader = ImageFile.Open("large.png");
byte[] row = new byte[reader.Width * reader.Format.BytesPerPixel()];
for (int y = 0; y < reader.Height; y++)
    reader.ReadRows(row);

bool same = ImageFile.Read("copy.png").Pixels.SequenceEqual(picture.Pixels) && row.AsSpan().SequenceEqual(noise.Row(noise.Height - 1));
Console.WriteLine(same ? "the same" : "not the same");
