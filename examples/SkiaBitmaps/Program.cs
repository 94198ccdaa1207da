// SkiaSharp's bitmaps of any color type and color space. BGRA and RGBA are read in place, premultiplied or not.
//
//     dotnet run --project examples/SkiaBitmaps -- photo.jpg painting.jpg out.png
using SkiaSharp;
using Wct.Net;
using Wct.SkiaSharp;

if (args is not [string photoPath, string paintingPath, string resultPath])
{
    Console.Error.WriteLine("usage: SkiaBitmaps PHOTO PAINTING RESULT");
    return 2;
}

using SKBitmap photo = Decode(photoPath), painting = Decode(paintingPath);
using StyleTransfer transfer = StyleTransfer.Load();
PreparedStyle style = transfer.PrepareStyle(painting);
using SKBitmap styled = photo.Stylize(transfer, style);
using (FileStream file = File.Create(resultPath))
    styled.Encode(file, SKEncodedImageFormat.Png, 100);
Console.WriteLine($"{styled.Width}x{styled.Height} {styled.ColorType} {styled.AlphaType}");
return 0;

static SKBitmap Decode(string path) => SKBitmap.Decode(path) ?? throw new InvalidDataException($"{path}: not a picture that Skia reads");
