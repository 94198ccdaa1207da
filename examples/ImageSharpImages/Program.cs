// Style transfer as one of ImageSharp's operations, for images of any pixel type.
//
//     dotnet run --project examples/ImageSharpImages -- photo.jpg painting.jpg out.png
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Processing;
using Wct.ImageSharp;
using Wct.Net;

if (args is not [string photoPath, string paintingPath, string resultPath])
{
    Console.Error.WriteLine("usage: ImageSharpImages PHOTO PAINTING RESULT");
    return 2;
}

using StyleTransfer transfer = StyleTransfer.Load();
using Image photo = Image.Load(photoPath), painting = Image.Load(paintingPath);
PreparedStyle style = transfer.PrepareStyle(painting);
photo.Mutate(x => x.AutoOrient().Stylize(transfer, style));
photo.Save(resultPath);
Console.WriteLine($"{photo.Width}x{photo.Height}, {photo.PixelType.BitsPerPixel} bits a pixel");
return 0;
